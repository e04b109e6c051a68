/** The pokes that wake the consumers of streams. Imports core. */
package io.ringback.aws.sqs;
