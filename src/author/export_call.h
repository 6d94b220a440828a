/* Writes a system call or an observation in the words of packetdrill. */
#ifndef TCPCLOSE_AUTHOR_EXPORT_CALL_H
#define TCPCLOSE_AUTHOR_EXPORT_CALL_H

#include "author/exporting.h"

enum { EXPORT_DESCRIPTORS = 1024 }; /* the descriptors of a script are below this */

/*
 * What packetdrill knows at a moment: which descriptors are open, and which is the socket under
 * test.
 */
struct export_sockets {
	bool open[EXPORT_DESCRIPTORS];
	bool listening;
	bool connected;     /* it has a connection, or is opening one */
	bool answered;      /* the peer has sent more than its SYN */
	bool again;         /* after that, the peer has sent another SYN */
	int64_t under_test; /* the descriptor that %{ }% asks; -1: it has none (yet) */
};

/* *said becomes a copy in the arena. */
enum said export_call(struct losses *losses, const struct call_node *call,
                      const struct call_node **said);

/* After a call: updates the sockets as packetdrill sees them. */
void export_follow_call(struct export_sockets *sockets, const struct call_node *call);

/*
 * The same for a segment. SAID_BAD: packetdrill would take it for a segment of another connection.
 */
enum said export_follow_packet(struct losses *losses, struct export_sockets *sockets,
                               const struct packet_node *packet);

/*
 * state(4) = FIN_WAIT_1 becomes "assert tcpi_state == TCP_FIN_WAIT1, tcpi_state" in *code, when the
 * descriptor is open and is the one that packetdrill looks at.
 */
enum said export_state(struct losses *losses, const struct call_node *state,
                       const struct export_sockets *sockets, const char **code);

#endif
