/*
 * A long stream of the kernel's. How it is cut into segments, and how much of it is sent before the
 * peer's next acknowledgment comes, depends on how busy the two machines were, and is another at
 * the next play. So a guess may leave that open, and only say that all of it comes.
 */
#ifndef TCPCLOSE_AUTHOR_STREAM_H
#define TCPCLOSE_AUTHOR_STREAM_H

#include "author/drafting.h"

/*
 * Writes the stream that begins with the current packet, if one begins there and the guess leaves
 * it open: one write, and lines that stand for any amount of data, each with an acknowledgment
 * behind it. The current packet is then the last one of the stream. Otherwise returns false, and
 * nothing is written.
 */
bool stream_write(struct drafting *d, struct view *view);

#endif
