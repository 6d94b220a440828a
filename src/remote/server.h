/*
 * The wire server (--wire_server): on the host beside the tested one, it sends the packets that a
 * client tells it to, and tells what it sees. One client at a time is served; the next one waits.
 */
#ifndef TCPCLOSE_REMOTE_SERVER_H
#define TCPCLOSE_REMOTE_SERVER_H

#include <stdbool.h>
#include <stdio.h>

struct wire_server {
	const char *device, *key_file;
	const char *address; /* to listen on; NULL: all */
	unsigned port;
};

/*
 * Serves until a signal ends it, which may be any: nothing of it stays behind. Says to `out` who
 * came and what was refused. Returns only, with a message in `errors`, when it cannot begin.
 */
void wire_server_run(const struct wire_server *server, FILE *out, FILE *errors);

#endif
