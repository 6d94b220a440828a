/* The kernel's packets, from their arrival to the line that wants them, or to nobody. */
#ifndef TCPCLOSE_RUN_ARRIVALS_H
#define TCPCLOSE_RUN_ARRIVALS_H

#include <stdbool.h>

#include "run/running.h"

/* A packet has come. It becomes an event, and waits in the queue for its line. */
void packet_arrived(struct running *run, const struct host_packet *packet);

/*
 * A packet in the queue belongs to the connection. Its event says so, and it goes into the
 * connection's flow.
 */
void packet_give(struct running *run, struct queued *packet, struct connection *connection);

/*
 * Returns the next packet in the queue that may belong to the connection; NULL when there is none.
 */
struct queued *packet_next(const struct running *run, const struct connection *connection);

/*
 * A line may have begun a connection whose first packet came earlier, from the socket of a program.
 * This gives the packet to the connection.
 */
void packets_adopt(struct running *run);

/* Returns the first packet that is left over, or NULL. */
const struct queued *packet_left(const struct running *run);

/*
 * Notes for the verdict what a line wanted (NULL: nothing) and what came: a segment, and the packet
 * in which it began (both NULL: nothing). The current step is about this packet.
 */
void packet_note(struct running *run, const struct packet_want *want,
                 const struct script_segment *seen, const struct queued *packet);

/* The packet is what the line wants, so what was noted is removed. */
void packet_forget(struct running *run);

/*
 * Notes a packet that came but was not compared. It is noted in the script's numbers, where it has
 * any.
 */
void packet_note_other(struct running *run, const struct packet_want *want,
                       const struct queued *packet);

/* The run fails, because of a segment that no line expects. */
bool packet_unexpected(struct running *run, const struct queued *packet, struct range line,
                       const char *why);

/* The run fails, because of bytes that are not a segment. */
bool packet_bad(struct running *run, const struct queued *packet, struct range line);

#endif
