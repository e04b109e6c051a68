/** What has to be settled before a call is placed: on which gateway, and whether the operator allows it. */
package io.ringback.functions.api.admission;
