/**
 * Who may call the API: the access-key scheme (HMAC-SHA256) and access keys as Bearer tokens. Source: the contract on
 * authentication, §1 and §2. Imports {@code wire.json}.
 */
package io.ringback.wire.access;
