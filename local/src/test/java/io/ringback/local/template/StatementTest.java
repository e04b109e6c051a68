package io.ringback.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatementTest {
    private static final String TABLE = "arn:aws:dynamodb:eu-west-1:000000000000:table/calls";

    @Test
    void allowsTheActionOnTheResourceAndNothingElse() {
        Statement statement = new Statement(List.of("dynamodb:GetItem"), List.of(TABLE));

        assertThat(statement.allows("dynamodb:GetItem", TABLE)).isTrue();
        assertThat(statement.allows("dynamodb:PutItem", TABLE)).isFalse();
        assertThat(statement.allows("dynamodb:GetItem", TABLE + "/index/due")).isFalse();
    }

    @Test
    void understandsWildcards() {
        Statement statement = new Statement(List.of("dynamodb:*Item"), List.of(TABLE + "/*"));

        assertThat(statement.allows("dynamodb:GetItem", TABLE + "/index/due")).isTrue();
        assertThat(statement.allows("dynamodb:Query", TABLE + "/index/due")).isFalse();
        assertThat(Statement.matches("a?c*", "abcdef")).isTrue();
        assertThat(Statement.matches("a?c", "ac")).isFalse();
        assertThat(Statement.matches("*b*c", "abbbcbc")).isTrue();
    }
}
