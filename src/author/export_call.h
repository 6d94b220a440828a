/* A system call, or something that is looked at, in packetdrill's words. */
#ifndef TCPCLOSE_AUTHOR_EXPORT_CALL_H
#define TCPCLOSE_AUTHOR_EXPORT_CALL_H

#include "author/exporting.h"

enum { EXPORT_DESCRIPTORS = 1024 }; /* a script's descriptors are below this */

/* What packetdrill knows at a moment: which descriptors are open, and which is its socket. */
struct export_sockets {
	bool open[EXPORT_DESCRIPTORS];
	bool listening;
	bool connected;     /* it has a connection, or one that is being opened */
	bool answered;      /* the peer has sent more than its SYN */
	bool again;         /* and then another SYN */
	int64_t under_test; /* the one that %{ }% asks; -1: it has no descriptor (yet) */
};

/* *said is a copy in the arena. */
enum said export_call(struct losses *losses, const struct call_node *call,
                      const struct call_node **said);

/* After a call: the sockets as packetdrill has them then. */
void export_follow_call(struct export_sockets *sockets, const struct call_node *call);

/* The same for a segment; SAID_BAD when packetdrill takes it for one of another connection. */
enum said export_follow_packet(struct losses *losses, struct export_sockets *sockets,
                               const struct packet_node *packet);

/*
 * state(4) = FIN_WAIT_1 becomes "assert tcpi_state == TCP_FIN_WAIT1, tcpi_state" in *code, where
 * the descriptor is open and the one that packetdrill looks at.
 */
enum said export_state(struct losses *losses, const struct call_node *state,
                       const struct export_sockets *sockets, const char **code);

#endif
