/** Where finished recordings lie: a folder, or S3. Imports core. */
package io.ringback.aws.files;
