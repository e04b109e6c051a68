package io.ringback.gateway.sip;

import gov.nist.core.StackLogger;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stack's log, in SLF4J. What the stack calls an error is mostly a peer's message that it dislikes, which anybody
 * can cause at will; so only what the stack calls fatal, and exceptions, are above debug level. Public with this
 * constructor because the stack makes it by reflection.
 */
public final class Slf4jStackLogger implements StackLogger {
    private static final Logger log = LoggerFactory.getLogger("io.ringback.gateway.sip.stack");

    /** As the stack demands. */
    public Slf4jStackLogger() {}

    @Override
    public void logStackTrace() {
        log.trace("stack trace", new Throwable());
    }

    @Override
    public void logStackTrace(int traceLevel) {
        logStackTrace();
    }

    @Override
    public int getLineCount() {
        return 0;
    }

    @Override
    public void logException(Throwable exception) {
        log.warn("the SIP stack caught an exception: {}", Unsent.why(exception));
        log.debug("the SIP stack caught an exception", exception);
    }

    @Override
    public void logDebug(String message) {
        log.trace("{}", message);
    }

    @Override
    public void logDebug(String message, Exception exception) {
        log.trace("{}", message, exception);
    }

    @Override
    public void logTrace(String message) {
        log.trace("{}", message);
    }

    @Override
    public void logFatalError(String message) {
        log.error("{}", message);
    }

    @Override
    public void logError(String message) {
        log.debug("{}", message);
    }

    @Override
    public void logError(String message, @Nullable Exception exception) {
        log.debug("{}", message, exception);
    }

    @Override
    public void logWarning(String message) {
        log.debug("{}", message);
    }

    @Override
    public void logInfo(String message) {
        log.trace("{}", message);
    }

    @Override
    public boolean isLoggingEnabled() {
        return true;
    }

    @Override
    public boolean isLoggingEnabled(int level) {
        return switch (level) {
            case TRACE_FATAL -> true;
            case TRACE_ERROR, TRACE_WARN -> log.isDebugEnabled();
            default -> log.isTraceEnabled();
        };
    }

    @Override
    public void disableLogging() {
        // The level is SLF4J's.
    }

    @Override
    public void enableLogging() {
        // The level is SLF4J's.
    }

    @Override
    public void setBuildTimeStamp(String buildTimeStamp) {
        // Of no use to us.
    }

    @Override
    public void setStackProperties(Properties properties) {
        // The level is SLF4J's.
    }

    @Override
    public String getLoggerName() {
        return log.getName();
    }
}
