/* What the packets of a connection show of the kernel's end of it, before a line is written. */
#ifndef TCPCLOSE_AUTHOR_FACTS_H
#define TCPCLOSE_AUTHOR_FACTS_H

#include "author/conversation.h"
#include "author/guess.h"

/* What made the kernel send RST. */
enum reset_cause {
	RESET_ANSWER,   /* a segment that it does not take, or a timer */
	RESET_UNREAD,   /* close with data that nobody has read (RFC 2525 2.17) */
	RESET_LINGER,   /* close with linger 0 */
	RESET_LISTENER, /* close of the listener, before anybody had accepted */
	RESET_CAUSES
};

/* One of an option that both ends negotiate with their SYN. */
struct negotiated {
	bool asked;  /* the SYN has it */
	bool agreed; /* the SYN-ACK has it; nothing when there is none */
};

enum negotiable { OPTION_TIMESTAMPS, OPTION_SACK, OPTION_SCALING, OPTION_ECN, NEGOTIABLES };

struct facts {
	size_t first; /* its first packet */
	bool taken;   /* a SYN of the peer's was answered by a SYN-ACK */
	bool refused; /* ... or by a RST */
	bool syn_ack; /* there is one, of either side */
	struct negotiated negotiated[NEGOTIABLES];
	unsigned mss, window; /* of the kernel's SYN or SYN-ACK; 0: there is none */
	bool nodelay;         /* small segments were not held back by Nagle's algorithm */
	bool fast_open;       /* the kernel took data with the peer's SYN (RFC 7413) */
	unsigned keep_count;  /* probes before the kernel gave up; 0: it did not */
	unsigned keep_idle, keep_interval; /* seconds between keepalive probes; 0: there are none */
};

/* Of the connection `flow` when the kernel is its end `kernel`. */
void facts_find(const struct conversation *talk, unsigned flow, enum side kernel,
                struct facts *facts);

/* The end of the first connection that is the kernel: as it was said, or as is likeliest. */
enum side facts_kernel_side(const struct conversation *talk);

/*
 * The packet after `packet`, or after one that follows it, that brings new data or the FIN of the
 * kernel's for the first time and was waiting for what the peer sent: it has to be written before.
 * False: when the next one comes, nothing had held it back. `likely` is whether it had.
 */
bool facts_waits(const struct conversation *talk, size_t packet, enum side kernel, size_t *held,
                 bool *likely);

/* The packet of the same connection after `packet`; false: there is none. */
bool facts_after(const struct conversation *talk, size_t packet, size_t *after);

/* The causes of a RST that the kernel sent, the likeliest first. */
void facts_reset_causes(const struct conversation *talk, size_t packet,
                        enum reset_cause causes[RESET_CAUSES]);

/* Behind a FIN of the kernel's: does the kernel take more data of its peer's? */
bool facts_takes_more(const struct conversation *talk, size_t packet);

/*
 * The kernel has sent new data: up to where one call may have written it, as lengths from its
 * sequence number on, the likeliest first. Returns how many there are, at least 1.
 */
enum { WRITES_MAX = 4 };
size_t facts_writes(const struct conversation *talk, size_t packet, uint32_t lengths[WRITES_MAX]);

/*
 * The peer has shut its window, and the kernel probes it (RFC 9293 3.8.6.1) with something to send
 * that never comes.
 */
bool facts_probes(const struct conversation *talk, size_t packet, enum side kernel);

#endif
