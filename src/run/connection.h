/*
 * The script's connections and the kernel's. A script writes sequence numbers relative to the first
 * SYN of each side, leaves out addresses and usually ports, and chooses the numbers of descriptors.
 * Here is kept what stands for what.
 */
#ifndef TCPCLOSE_RUN_CONNECTION_H
#define TCPCLOSE_RUN_CONNECTION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "wire/tuple.h"
#include "program/addresses.h"
#include "program/program.h"
#include "verdict/flow.h"
#include "verdict/match.h"

/* How far a connection has come, as far as the translation needs it. */
enum connection_phase {
	CONNECTION_NEW,          /* socket() was called: there is no peer yet */
	CONNECTION_LISTENING,    /* listen() was called: an injected segment begins a child */
	CONNECTION_SYN_INJECTED, /* a child; the kernel's SYN,ACK will tell its ISN */
	/* The SYN,ACK has come; accept() may return the child (Fast Open). */
	CONNECTION_SYN_ACK_SENT,
	CONNECTION_SYN_ACK_ACKED, /* the SYN,ACK is acknowledged */
	/* connect() was called: the first segment will tell the local port. */
	CONNECTION_CONNECTING,
	CONNECTION_SYN_SENT, /* the first segment has come */
	CONNECTION_OPEN,     /* both ISNs are known, and a descriptor stands for it */
};

/*
 * A segment in the numbers on the wire. There are three ways to count, and these are the only
 * functions that lead from one to another: connection_to_live(), connection_to_script() and
 * connection_to_flow().
 */
struct live_segment {
	struct segment segment;
};

/* A TS value of the script, and the kernel's value that stood for it. */
struct timestamp_pair {
	uint32_t script, live;
};

struct connection {
	unsigned number; /* from 1, for the reader; 0: it has no peer yet */
	enum connection_phase phase;
	uint8_t protocol;
	struct tcp_tuple live;
	uint32_t script_local_isn, live_local_isn, script_remote_isn, remote_isn;
	bool reset_injected;      /* this may have ended it before it was open */
	bool syn_again;           /* the peer sent another SYN after the handshake */
	uint32_t next_remote_isn; /* the number of that SYN */
	struct timestamp_pair *timestamps;
	size_t timestamp_count, timestamp_room;
	uint32_t script_flow_label, live_flow_label; /* 0: none was seen */
	struct flow flow;
	bool at_peer;             /* it is a real peer's view ... */
	struct connection *other; /* ... and this the other end's; NULL: that is the script */
	struct connection *next;
};

struct connections {
	struct arena *arena;
	const struct settings *settings;
	const struct addresses *addresses;
	struct connection *first;   /* the newest connection comes first */
	struct connection *current; /* the connection that a line without ports means */
	bool at_peer;               /* they are as a real peer sees them */
	unsigned count;
	bool no_loss_probe;
	uint16_t next_port; /* for remote ports that the script does not write */
};

/* `no_loss_probe`: see struct flow. */
void connections_init(struct connections *connections, struct arena *arena,
                      const struct settings *settings, const struct addresses *addresses,
                      bool no_loss_probe);

/* socket() was called. The new connection becomes the current one. */
struct connection *connection_new(struct connections *connections, uint8_t protocol);

/* The connection gets a peer, and with it a number. */
void connection_begin(struct connections *connections, struct connection *connection,
                      enum connection_phase phase);

/*
 * Returns the connection that a line's packet belongs to. When the packet is for a listener, or for
 * nobody, a child begins. Never returns NULL.
 */
struct connection *connection_of_line(struct connections *connections,
                                      const struct packet_want *want, bool inbound);

/*
 * Returns the connection that sent a packet; NULL when none did. For a connection that connects,
 * takes the ports from its first packet.
 */
struct connection *connection_of_packet(struct connections *connections,
                                        const struct live_segment *segment);

/*
 * With a TCP at each end: the connection of the end that sent a packet, which tells the other end's
 * what an injected one would. Both are begun by a SYN; their SYNs have number 0 in the script.
 */
struct connection *connection_of_sent(struct connections *sender, struct connections *receiver,
                                      const struct live_segment *segment);

/*
 * Tells whether a packet may be the first segment of a connection that connects, though its ports
 * are those of an older connection, `before`. It is the new one's when a line without ports wants
 * it, and the old one's when the line has ports. What the old one sends again stays its own.
 */
bool connection_may_adopt(const struct connection *connection, const struct connection *before,
                          const struct live_segment *segment);

/*
 * The packet was the line's, so it is the new connection's: takes the local end and the ISN from
 * it.
 */
void connection_adopt(struct connection *connection, const struct live_segment *segment);

/* Finds a connection by its ports. */
struct connection *connection_of_ports(struct connections *connections, uint16_t local_port,
                                       uint16_t remote_port);

/*
 * Finds a connection that waits to be accepted; when remote_port is not 0, the one from that port.
 */
struct connection *connection_to_accept(struct connections *connections, uint16_t remote_port);

/*
 * Fills in the numbers that an injected line leaves open: where what was injected continues, and
 * everything that has come. Returns NULL, or a static text that says what is not known yet.
 */
const char *connection_fill_in(const struct connection *connection, struct packet_want *want);

/*
 * From the script's values to live ones, for a packet that is injected. Returns false when a TS
 * echo cannot be known.
 */
bool connection_to_live(struct connections *connections, struct connection *connection,
                        const struct packet_want *want, struct live_segment *live);

/* From live values to the script's, for a packet that was captured. */
void connection_to_script(const struct connection *connection, const struct live_segment *live,
                          struct script_segment *script);

/* From live values to those of the flow, for a packet that was injected (`inbound`) or captured. */
void connection_to_flow(const struct connection *connection, const struct live_segment *live,
                        bool inbound, struct flow_segment *flow);

/*
 * Comparing a packet with a line must not change what is compared. So the line looks at the
 * connection as it would be if the packet were the line's. *as_if is this connection, with what
 * line and packet tell together: the local end of one that connects, the ISN of a SYN. *seen is the
 * packet in the script's numbers. The connection itself does not change.
 */
void connection_suppose(const struct connection *connection, const struct packet_want *want,
                        const struct live_segment *live, struct connection *as_if,
                        struct script_segment *seen);

/*
 * The packet is the line's: takes over what was supposed, and remembers which live TS value and
 * flow label stand for the script's.
 */
void connection_learn(struct connections *connections, struct connection *connection,
                      const struct packet_want *want, const struct live_segment *live);

/*
 * Returns what is wrong with the flow label of a packet, compared with those that were learned;
 * NULL when nothing is.
 */
const char *connection_flow_label_wrong(const struct connection *connection,
                                        const struct packet_want *want,
                                        const struct live_segment *live);

/*
 * A line that may be missing was missing, so it has begun nothing. Sets the connections back to
 * `before`, which is how they were before connection_of_line(). Nothing may refer to what the line
 * began.
 */
void connections_restore(struct connections *connections, const struct connections *before);

#endif
