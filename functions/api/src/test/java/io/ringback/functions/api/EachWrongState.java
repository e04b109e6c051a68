package io.ringback.functions.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every operation in states for which it is not made. Whatever is still possible then stands here too: reading, and
 * asking for what holds anyway.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest
@CsvSource(delimiter = '|', textBlock = """
        create-call/ok                    | ENDED        | 201 changed
        answer-call/ok-while-it-rings     | DECIDED      | 409 409
        answer-call/ok-while-it-rings     | GIVEN_UP     | 400 8501
        answer-call/ok-while-it-rings     | RUNG_OUT     | 400 8501
        reject-call/ok-while-it-rings     | DECIDED      | 409 409
        reject-call/ok-while-it-rings     | GIVEN_UP     | 400 8501
        reject-call/ok-while-it-rings     | RUNG_OUT     | 400 8501
        redirect-call/ok-while-it-rings   | DECIDED      | 409 409
        redirect-call/ok-while-it-rings   | GIVEN_UP     | 400 8501
        redirect-call/ok-while-it-rings   | RUNG_OUT     | 400 8501
        redirect-call/ok-while-it-rings   | OFFERED_AND_FULL  | 429 429
        get-call/ok                       | ENDED        | 200 same
        hang-up-call/ok                   | ENDED        | 202 same
        hang-up-call/ok                   | HEAVY        | 202 changed
        terminate-call/ok                 | ENDED        | 202 same
        terminate-call/ok                 | HEAVY        | 202 changed
        transfer-call/ok                  | RINGING      | 400 8501
        transfer-call/ok                  | TRANSFERRING | 400 8501
        transfer-call/ok                  | ANSWERED_AND_FULL | 429 429
        transfer-call/ok                  | DETACHED     | 400 8501
        transfer-call/ok                  | ENDED        | 400 8501
        transfer-call/ok                  | HEAVY        | 400 8528
        join-call/ok                      | ENDED        | 400 8501
        join-call/ok                      | HEAVY        | 400 8528
        invite-participants/ok            | RINGING      | 400 8501
        invite-participants/ok            | ANSWERED_AND_FULL | 429 429
        invite-participants/out-of-call   | ANSWERED_AND_FULL | 429 429
        invite-participants/ok            | DETACHED     | 400 8501
        invite-participants/ok            | ENDED        | 400 8501
        invite-participants/out-of-call   | RINGING      | 400 8501
        invite-participants/out-of-call   | ENDED        | 400 8501
        invite-participants/ok            | HEAVY        | 400 8528
        invite-participants/out-of-call   | HEAVY        | 400 8528
        list-participants/ok              | ENDED        | 200 same
        list-participants/out-of-call     | ENDED        | 200 same
        get-participant/ok                | LEFT         | 200 same
        get-participant/out-of-call       | ENDED        | 200 same
        remove-participant/ok             | LEFT         | 202 same
        remove-participant/ok             | DETACHED     | 400 8501
        remove-participant/ok             | ENDED        | 202 same
        remove-participant/out-of-call    | RINGING      | 400 8501
        remove-participant/ok             | HEAVY        | 202 changed
        mute-participant/ok               | RINGING      | 400 8501
        mute-participant/ok               | LEFT         | 400 8501
        mute-participant/ok               | ENDED        | 400 8501
        unmute-participant/ok             | LEFT         | 400 8501
        unmute-participant/ok             | ENDED        | 400 8501
        hold-participant/ok               | RINGING      | 400 8501
        hold-participant/ok               | LEFT         | 400 8501
        hold-participant/ok               | ENDED        | 400 8501
        hold-participant/ok               | HEAVY        | 400 8528
        unhold-participant/ok             | LEFT         | 400 8501
        unhold-participant/ok             | ENDED        | 400 8501
        send-dtmf/ok                      | RINGING      | 400 8501
        send-dtmf/ok                      | LEFT         | 400 8501
        send-dtmf/ok                      | ENDED        | 400 8501
        send-dtmf/ok                      | HEAVY        | 400 8528
        play-audio/ok                     | RINGING      | 400 8501
        play-audio/ok                     | DETACHED     | 400 8501
        play-audio/ok                     | ENDED        | 400 8501
        play-audio/out-of-call            | RINGING      | 400 8501
        play-audio/out-of-call            | ENDED        | 400 8501
        play-audio/ok                     | HEAVY        | 400 8528
        play-audio/out-of-call            | HEAVY        | 400 8528
        play-audio-to-participant/ok      | RINGING      | 400 8501
        play-audio-to-participant/ok      | LEFT         | 400 8501
        play-audio-to-participant/ok      | ENDED        | 400 8501
        play-audio-to-participant/ok      | HEAVY        | 400 8528
        cancel-all-media-operations/ok    | RINGING      | 400 8501
        cancel-all-media-operations/ok    | ENDED        | 400 8501
        cancel-all-media-operations/ok    | HEAVY        | 200 changed
        cancel-all-media-operations/ok    | CANCELLING   | 400 8528
        start-recording/ok                | RINGING      | 400 8501
        start-recording/ok                | ENDED        | 400 8501
        start-recording/ok                | HEAVY        | 400 8528
        get-recording/ok                  | STOPPED      | 200 same
        pause-recording/ok                | STOPPED      | 400 8573
        pause-recording/ok                | PAUSED_OFTEN | 400 8528
        resume-recording/ok               | STOPPED      | 400 8573
        stop-recording/ok                 | AVAILABLE    | 200 same
        get-recording-content/ok          | RECORDED     | 404 8522
        get-recording-content/ok          | DELETED      | 404 8522
        delete-recording-content/ok       | RECORDED     | 400 8501
        delete-recording-content/ok       | STOPPED      | 400 8501
        get-timeline/ok                   | ENDED        | 200 same
        """)
@interface EachWrongState {}
