/** What is made and asked before a directory entry is written: an endpoint's consent, a user's account. */
package io.ringback.functions.api.directory;
