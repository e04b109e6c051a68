package io.ringback.functions.workers;

import io.ringback.aws.environment.Surroundings;

/** The bearer token of the control API. */
interface ControlToken {
    String current();

    /** Read anew: the current one was refused. */
    String fresh();

    static ControlToken of(Surroundings surroundings) {
        String setting = "RINGBACK_CONTROL_TOKEN_SECRET";
        return new ControlToken() {
            @Override
            public String current() {
                return surroundings.secret(setting);
            }

            @Override
            public String fresh() {
                return surroundings.freshSecret(setting);
            }
        };
    }
}
