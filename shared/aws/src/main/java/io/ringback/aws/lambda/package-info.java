/** What every function needs of Lambda, whatever wakes it. Imports the mapper of wire. */
package io.ringback.aws.lambda;
