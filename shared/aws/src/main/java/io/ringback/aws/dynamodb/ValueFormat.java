package io.ringback.aws.dynamodb;

import io.ringback.core.call.Callback;
import io.ringback.core.call.EndReason;
import io.ringback.core.call.GatewayRef;
import io.ringback.core.call.Identifier;
import io.ringback.core.call.Pause;
import io.ringback.core.call.ResultInfo;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How the small values inside a call item are written. */
final class ValueFormat {
    private ValueFormat() {}

    static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    static AttributeValue identifier(Identifier identifier) {
        return AttributeValue.fromS(identifier.rawId());
    }

    static Identifier identifier(AttributeValue value) {
        return new Identifier(value.s());
    }

    static AttributeValue gateway(GatewayRef gateway) {
        return new ItemWriter()
                .text("id", gateway.gatewayId())
                .text("epoch", gateway.epoch())
                .map();
    }

    static GatewayRef gateway(AttributeValue value) {
        ItemReader map = ItemReader.of(value);
        return new GatewayRef(map.text("id"), map.text("epoch"));
    }

    static AttributeValue callback(Callback callback) {
        return new ItemWriter()
                .text("uri", callback.uri().toString())
                .text("apiVersion", callback.apiVersion())
                .map();
    }

    static Callback callback(AttributeValue value) {
        ItemReader map = ItemReader.of(value);
        return new Callback(URI.create(map.text("uri")), map.text("apiVersion"));
    }

    static AttributeValue result(ResultInfo result) {
        return new ItemWriter()
                .number("code", result.code())
                .number("subcode", result.subcode())
                .constant("reason", result.reason())
                .number("sipStatus", result.sipStatus())
                .text("message", result.message())
                .map();
    }

    static ResultInfo result(AttributeValue value) {
        ItemReader map = ItemReader.of(value);
        return new ResultInfo(
                map.integer("code"),
                map.integer("subcode"),
                map.constant("reason", EndReason.class),
                map.has("sipStatus") ? map.integer("sipStatus") : null,
                map.text("message"));
    }

    static AttributeValue pause(Pause pause) {
        return new ItemWriter()
                .instant("start", pause.start())
                .instant("end", pause.end())
                .map();
    }

    static Pause pause(AttributeValue value) {
        ItemReader map = ItemReader.of(value);
        return new Pause(map.instant("start"), map.optionalInstant("end"));
    }

    /** A list of pairs: a map would lose their order. */
    static AttributeValue details(Map<String, String> details) {
        List<AttributeValue> texts = new ArrayList<>();
        details.forEach((name, text) -> {
            texts.add(text(name));
            texts.add(text(text));
        });
        return AttributeValue.fromL(texts);
    }

    static Map<String, String> details(AttributeValue value) {
        Map<String, String> details = new LinkedHashMap<>();
        for (Iterator<AttributeValue> texts = value.l().iterator(); texts.hasNext(); ) {
            details.put(texts.next().s(), texts.next().s());
        }
        return details;
    }
}
