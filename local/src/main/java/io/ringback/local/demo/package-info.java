/**
 * A customer of the API: places a call, follows it by callbacks, checks what comes out. Knows the stack only by its
 * addresses and the phones by what they heard. Imports {@code stack} and {@code phones}.
 */
package io.ringback.local.demo;
