package io.ringback.functions.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every operation at every of its routes, in a state in which it works: what it is answered, and what the same request
 * is answered when it comes again.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest
@CsvSource(delimiter = '|', textBlock = """
        create-call/ok                    | NOTHING      | 201 changed | 201 changed
        create-call/group                 | NOTHING      | 201 changed | 201 changed
        answer-call/ok-while-it-rings     | OFFERED      | 200 changed | 409 409
        reject-call/ok-while-it-rings     | OFFERED      | 204 changed | 409 409
        redirect-call/ok-while-it-rings   | OFFERED      | 204 changed | 409 409
        get-call/ok                       | ANSWERED     | 200 same    | 200 same
        hang-up-call/ok                   | ANSWERED     | 202 changed | 202 same
        terminate-call/ok                 | ANSWERED     | 202 changed | 202 same
        transfer-call/ok                  | ANSWERED     | 202 changed | 400 8501
        join-call/ok                      | ANSWERED     | 202 changed | 202 changed
        invite-participants/ok            | ANSWERED     | 202 changed | 202 changed
        invite-participants/out-of-call   | ANSWERED     | 202 changed | 202 changed
        list-participants/ok              | ANSWERED     | 200 same    | 200 same
        list-participants/out-of-call     | ANSWERED     | 200 same    | 200 same
        get-participant/ok                | ANSWERED     | 200 same    | 200 same
        get-participant/out-of-call       | ANSWERED     | 200 same    | 200 same
        remove-participant/ok             | ANSWERED     | 202 changed | 202 same
        remove-participant/out-of-call    | ANSWERED     | 202 changed | 202 same
        mute-participant/ok               | ANSWERED     | 200 changed | 200 same
        unmute-participant/ok             | MUTED        | 200 changed | 200 same
        hold-participant/ok               | ANSWERED     | 200 changed | 200 same
        unhold-participant/ok             | HELD         | 200 changed | 200 same
        send-dtmf/ok                      | ANSWERED     | 202 changed | 202 changed
        play-audio/ok                     | ANSWERED     | 202 changed | 202 changed
        play-audio/out-of-call            | ANSWERED     | 202 changed | 202 changed
        play-audio-to-participant/ok      | ANSWERED     | 202 changed | 202 changed
        cancel-all-media-operations/ok    | ANSWERED     | 200 changed | 200 changed
        start-recording/ok                | ANSWERED     | 200 changed | 400 8553
        get-recording/ok                  | RECORDED     | 200 same    | 200 same
        pause-recording/ok                | RECORDED     | 200 changed | 200 same
        resume-recording/ok               | PAUSED       | 200 changed | 200 same
        stop-recording/ok                 | RECORDED     | 200 changed | 200 same
        get-recording-content/ok          | AVAILABLE    | 200 same    | 200 same
        delete-recording-content/ok       | AVAILABLE    | 202 noted   | 202 same
        get-timeline/ok                   | ANSWERED     | 200 same    | 200 same
        """)
@interface EachOperation {}
