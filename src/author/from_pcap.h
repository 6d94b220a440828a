/*
 * Makes a script of a capture: it writes what is likely, plays it on a kernel, and changes it until
 * it passes.
 */
#ifndef TCPCLOSE_AUTHOR_FROM_PCAP_H
#define TCPCLOSE_AUTHOR_FROM_PCAP_H

#include <stdio.h>

#include "author/player.h"

struct from_pcap {
	const char *path;   /* the path of the capture */
	const char *flow;   /* see conversation_read(); or NULL */
	const char *side;   /* "client", "server", an address; or NULL */
	const char *strace; /* what strace wrote of the program; or NULL */
	const char *output; /* NULL: standard output */
};

enum authored {
	AUTHORED,        /* a script that passes was written */
	AUTHORED_FAILS,  /* the best script was written; it says itself which line fails */
	AUTHORED_NOTHING /* there was a message with the reason */
};

/* Messages go to `messages`; each is a line that begins with the path. */
enum authored from_pcap(const struct from_pcap *wanted, struct player *player, FILE *messages);

#endif
