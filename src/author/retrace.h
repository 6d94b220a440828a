/* A draft whose calls are those of a trace: which call stands before which packet. */
#ifndef TCPCLOSE_AUTHOR_RETRACE_H
#define TCPCLOSE_AUTHOR_RETRACE_H

#include "author/drafting.h"

/* Before the first line. */
void retrace_begin(struct drafting *d);

/* Has the trace the call that made the listener, or the socket of a connection? */
bool retrace_listens(const struct drafting *d);
bool retrace_makes(const struct drafting *d, unsigned flow);

/* The socket of a connection was made by the script's own call, since the trace has none. */
void retrace_made(struct drafting *d, unsigned flow, int fd);

void retrace_made_listener(struct drafting *d);

/*
 * Holds back the calls that wrote on a connection, up to a time since the first packet, because
 * what they wrote is a stream that is left open. retrace_write_held() then writes one call in their
 * place, which finds room for all of it.
 */
void retrace_hold(struct drafting *d, unsigned flow, usec_t until);
void retrace_write_held(struct drafting *d, struct view *view);

/* The calls that began before the packet that is gone through, and those that it let go on. */
void retrace_before(struct drafting *d);
void retrace_after(struct drafting *d);

/* Those behind the last packet. */
void retrace_rest(struct drafting *d);

#endif
