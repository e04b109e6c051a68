/** Scenes through the whole stack, with softphones that are not ours. */
package io.ringback.local.scene;
