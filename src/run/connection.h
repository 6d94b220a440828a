/*
 * The script's connections and the kernel's. A script writes sequence numbers relative to the first
 * SYN of each side, leaves out addresses and mostly ports, and numbers descriptors as it likes;
 * here is kept what stands for what.
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

/* How far a connection has come, as far as the mapping needs it. */
enum connection_phase {
	CONNECTION_NEW,           /* socket() only: no peer yet */
	CONNECTION_LISTENING,     /* listen(): an injected segment begins a child */
	CONNECTION_SYN_INJECTED,  /* a child; the kernel's SYN-ACK will tell its ISN */
	CONNECTION_SYN_ACK_SENT,  /* ... has told it; accept() may hand it out (Fast Open) */
	CONNECTION_SYN_ACK_ACKED, /* ... and it is acknowledged */
	CONNECTION_CONNECTING,    /* connect(): the local port comes with the first segment */
	CONNECTION_SYN_SENT,      /* ... which has come */
	CONNECTION_OPEN,          /* both ISNs are known, and a descriptor stands for it */
};

/*
 * A segment in the numbers of the wire. These are the only doors between the three ways to count:
 * connection_to_live(), connection_to_script() and connection_to_flow().
 */
struct live_segment {
	struct segment segment;
};

/* A TS value of the script and the kernel's that stood for it. */
struct timestamp_pair {
	uint32_t script, live;
};

struct connection {
	unsigned number; /* from 1, for the reader; 0: it has no peer yet */
	enum connection_phase phase;
	uint8_t protocol;
	struct tcp_tuple live;
	uint32_t script_local_isn, live_local_isn, script_remote_isn, remote_isn;
	bool reset_injected;      /* which may have ended it before it was open */
	bool syn_again;           /* the peer sent another SYN, after the handshake ... */
	uint32_t next_remote_isn; /* ... with this number */
	struct timestamp_pair *timestamps;
	size_t timestamp_count, timestamp_room;
	uint32_t script_flow_label, live_flow_label; /* 0: none seen */
	struct flow flow;
	bool at_peer;             /* it is a real peer's view ... */
	struct connection *other; /* ... and this the other end's; NULL: that is the script */
	struct connection *next;
};

struct connections {
	struct arena *arena;
	const struct settings *settings;
	const struct addresses *addresses;
	struct connection *first;   /* the newest first */
	struct connection *current; /* the one that a line without ports is about */
	bool at_peer;
	unsigned count;
	bool no_loss_probe;
	uint16_t next_port; /* for remote ports that the script does not name */
};

/* `no_loss_probe`: see struct flow. */
void connections_init(struct connections *connections, struct arena *arena,
                      const struct settings *settings, const struct addresses *addresses,
                      bool no_loss_probe);

/* socket() was called; the new one becomes the current one. */
struct connection *connection_new(struct connections *connections, uint8_t protocol);

/* It gets a peer, and with it a number. */
void connection_begin(struct connections *connections, struct connection *connection,
                      enum connection_phase phase);

/* The connection that a line's packet belongs to; begins a child where a listener, or nobody, is
 * addressed. Never NULL. */
struct connection *connection_of_line(struct connections *connections,
                                      const struct packet_want *want, bool inbound);

/* The connection that sent a packet; NULL for a stranger. Learns the ports of one that connects. */
struct connection *connection_of_packet(struct connections *connections,
                                        const struct live_segment *segment);

/*
 * With a TCP at each end: the connection of the end that sent a packet, which tells the other end's
 * what an injected one would. Both are begun by a SYN; their SYNs have number 0 in the script.
 */
struct connection *connection_of_sent(struct connections *sender, struct connections *receiver,
                                      const struct live_segment *segment);

/*
 * Is it the first segment of a connection that connects, from ports that an older one, `before`,
 * had? Then it is the new one's when a line without ports asks for it, and the old one's when the
 * ports are written. What the older one sends again stays its own.
 */
bool connection_may_adopt(const struct connection *connection, const struct connection *before,
                          const struct live_segment *segment);

/* It is the line's, so it is the new one's: learns the local end and the ISN. */
void connection_adopt(struct connection *connection, const struct live_segment *segment);

/* By its ports. */
struct connection *connection_of_ports(struct connections *connections, uint16_t local_port,
                                       uint16_t remote_port);

/* One that waits to be accepted; with remote_port != 0 the one from that port. */
struct connection *connection_to_accept(struct connections *connections, uint16_t remote_port);

/*
 * Gives a line to be injected the numbers that it leaves open: where what was injected goes on, and
 * all that has come. NULL, or what is not known yet.
 */
const char *connection_fill_in(const struct connection *connection, struct packet_want *want);

/* Script values to live ones, of a packet to be injected. False when a TS echo cannot be known. */
bool connection_to_live(struct connections *connections, struct connection *connection,
                        const struct packet_want *want, struct live_segment *live);

/* Live values to script ones, of a packet that was captured. */
void connection_to_script(const struct connection *connection, const struct live_segment *live,
                          struct script_segment *script);

/* Live values to those of its flow, of a packet that was injected (inbound) or captured. */
void connection_to_flow(const struct connection *connection, const struct live_segment *live,
                        bool inbound, struct flow_segment *flow);

/*
 * Comparing a packet with a line must not change what is compared. So a line that wants a packet
 * first looks at the connection as it would be if the packet is the line's: *as_if has what the two
 * together tell (the local end of one that connects, the ISN of a SYN), and *seen is the packet in
 * the script's numbers. The connection stays as it is.
 */
void connection_suppose(const struct connection *connection, const struct packet_want *want,
                        const struct live_segment *live, struct connection *as_if,
                        struct script_segment *seen);

/*
 * The packet is the line's: takes over what the two tell, as supposed, and which live TS value and
 * flow label stand for the script's.
 */
void connection_learn(struct connections *connections, struct connection *connection,
                      const struct packet_want *want, const struct live_segment *live);

/* What is wrong with the flow label of a packet, given those that were learned; NULL: nothing. */
const char *connection_flow_label_wrong(const struct connection *connection,
                                        const struct packet_want *want,
                                        const struct live_segment *live);

/*
 * A line that need not be met was not, and so has begun nothing: `before` is how the connections
 * were before connection_of_line(). Nothing may refer to what it began.
 */
void connections_restore(struct connections *connections, const struct connections *before);

#endif
