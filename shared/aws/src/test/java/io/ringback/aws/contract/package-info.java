/** What every implementation of the storage ports has to hold. */
package io.ringback.aws.contract;
