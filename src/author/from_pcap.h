/*
 * A script from a capture: what is likely is written, tried on a kernel, and changed until it
 * passes.
 */
#ifndef TCPCLOSE_AUTHOR_FROM_PCAP_H
#define TCPCLOSE_AUTHOR_FROM_PCAP_H

#include <stdio.h>

#include "author/player.h"

struct from_pcap {
	const char *path;   /* of the capture */
	const char *flow;   /* see conversation_read(); or NULL */
	const char *side;   /* "client", "server", an address; or NULL */
	const char *strace; /* what strace wrote of the program; or NULL */
	const char *output; /* NULL: standard output */
};

enum authored {
	AUTHORED,        /* a script that passes */
	AUTHORED_FAILS,  /* the best there was: it says itself which line does not hold */
	AUTHORED_NOTHING /* the reason was told */
};

/* Messages go to `messages`, each a line that begins with the path. */
enum authored from_pcap(const struct from_pcap *wanted, struct player *player, FILE *messages);

#endif
