/** DynamoDB, SQS, S3 and Secrets Manager behind the ports of core. Imports core and wire. */
package io.ringback.aws;
