/** How the content of a recording is handed out: ranges of it, and links that carry their own permission. */
package io.ringback.functions.api.content;
