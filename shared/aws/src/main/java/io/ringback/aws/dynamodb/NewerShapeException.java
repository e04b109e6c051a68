package io.ringback.aws.dynamodb;

/** An item was written by a newer version of Ringback. Whoever meets it fails and tries again: the update is on its way. */
public final class NewerShapeException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    NewerShapeException(String item, long shape, int known) {
        super("the item " + item + " has the shape " + shape + ", this version knows shapes up to " + known);
    }
}
