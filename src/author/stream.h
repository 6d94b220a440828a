/*
 * A long stream of the kernel's. How it is cut into segments, and how much of it is sent before the
 * peer's next acknowledgment comes, depends on how busy the two machines were, and is another at
 * the next play. So a guess may leave that open, and only say that all of it comes.
 */
#ifndef TCPCLOSE_AUTHOR_STREAM_H
#define TCPCLOSE_AUTHOR_STREAM_H

#include "author/drafting.h"

/* The packets of a stream, from the current one on. */
struct stream {
	size_t last;       /* the last packet of it */
	size_t heard;      /* the last acknowledgment of the peer; 0: there is none */
	unsigned segments; /* how many the kernel sent */
	unsigned acks;     /* how many the peer sent */
	unsigned rounds;   /* how many lines stand for it */
	uint32_t end;      /* behind its data, as a number of the script */
};

/*
 * Tells whether a stream begins with the current packet, which is the kernel's, and the guess
 * leaves it open. Writes nothing.
 */
bool stream_begins(struct drafting *d, struct view *view, struct stream *stream);

/*
 * Writes it: one write, and lines that stand for any amount of data, each with an acknowledgment
 * behind it. The current packet is then the last one of the stream.
 */
void stream_write(struct drafting *d, struct view *view, const struct stream *stream);

/* The FIN behind it, which may come with the last of its data. */
bool stream_ends(const struct view *view, const struct segment *segment);

#endif
