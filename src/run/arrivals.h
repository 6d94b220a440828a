/* Packets of the kernel's, from the wire to the line that wants them, or to nobody. */
#ifndef TCPCLOSE_RUN_ARRIVALS_H
#define TCPCLOSE_RUN_ARRIVALS_H

#include <stdbool.h>

#include "run/running.h"

/* One has come: it is told, and waits in the queue for its line. */
void packet_arrived(struct running *run, const struct host_packet *packet);

/* A packet in the queue is the connection's: its event says so, and the flow is told of it. */
void packet_give(struct running *run, struct queued *packet, struct connection *connection);

/* The next packet in the queue that may be the connection's; NULL when there is none. */
struct queued *packet_next(const struct running *run, const struct connection *connection);

/* A line may have begun a connection whose first packet came before, from a program's socket. */
void packets_adopt(struct running *run);

/* The first packet left over, or NULL. */
const struct queued *packet_left(const struct running *run);

/*
 * What a line wanted (NULL: nothing) and what came: a segment, and the packet in which it began
 * (NULL both: nothing). It is what the current step is about.
 */
void packet_note(struct running *run, const struct packet_want *want,
                 const struct script_segment *seen, const struct queued *packet);

/* ... it is as the line has it. */
void packet_forget(struct running *run);

/* ... where nothing was compared: a packet that came, in the script's numbers where it has some. */
void packet_note_other(struct running *run, const struct packet_want *want,
                       const struct queued *packet);

/* A segment is left that no line expects: the run fails with it. */
bool packet_unexpected(struct running *run, const struct queued *packet, struct range line,
                       const char *why);

/* Bytes came that are no segment: the run fails with them. */
bool packet_bad(struct running *run, const struct queued *packet, struct range line);

#endif
