/** Where a function's settings, secrets and SDK client configuration come from. Imports nothing of ours. */
package io.ringback.aws.environment;
