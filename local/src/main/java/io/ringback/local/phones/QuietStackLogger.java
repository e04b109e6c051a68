package io.ringback.local.phones;

import gov.nist.core.LogLevels;
import gov.nist.core.StackLogger;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the SIP stack's warnings and errors to SLF4J at debug: a phone that is sent nonsense is no event for the
 * operator. Public because JAIN-SIP makes it by name.
 */
public final class QuietStackLogger implements StackLogger {
    private static final Logger LOG = LoggerFactory.getLogger(QuietStackLogger.class);

    @Override
    public boolean isLoggingEnabled() {
        return LOG.isDebugEnabled();
    }

    @Override
    public boolean isLoggingEnabled(int level) {
        return level <= LogLevels.TRACE_WARN && LOG.isDebugEnabled();
    }

    @Override
    public void logFatalError(String message) {
        LOG.debug(message);
    }

    @Override
    public void logError(String message) {
        LOG.debug(message);
    }

    @Override
    public void logError(String message, Exception e) {
        LOG.debug(message, e);
    }

    @Override
    public void logException(Throwable e) {
        LOG.debug("In the phones' SIP stack", e);
    }

    @Override
    public void logWarning(String message) {
        LOG.debug(message);
    }

    @Override
    public void logInfo(String message) {}

    @Override
    public void logDebug(String message) {}

    @Override
    public void logDebug(String message, Exception e) {}

    @Override
    public void logTrace(String message) {}

    @Override
    public void logStackTrace() {}

    @Override
    public void logStackTrace(int level) {}

    @Override
    public int getLineCount() {
        return 0;
    }

    @Override
    public void disableLogging() {}

    @Override
    public void enableLogging() {}

    @Override
    public void setBuildTimeStamp(String stamp) {}

    @Override
    public void setStackProperties(Properties properties) {}

    @Override
    public String getLoggerName() {
        return LOG.getName();
    }
}
