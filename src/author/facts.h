/* What the packets of a connection show about the kernel's end, before a line is written. */
#ifndef TCPCLOSE_AUTHOR_FACTS_H
#define TCPCLOSE_AUTHOR_FACTS_H

#include "author/conversation.h"
#include "author/guess.h"

/* What made the kernel send RST. */
enum reset_cause {
	RESET_ANSWER,   /* a segment that it does not accept, or a timer */
	RESET_UNREAD,   /* a close while data was unread (RFC 2525 2.17) */
	RESET_LINGER,   /* a close with linger 0 */
	RESET_LISTENER, /* a close of the listener, before anybody had accepted */
	/* An answer to its peer, after a close that sent nothing: in SYN-SENT, or behind data that
	 * the peer had no room for. */
	RESET_GONE,
	RESET_CAUSES
};

/* An option that both ends negotiate with their SYNs. */
struct negotiated {
	bool asked;  /* the SYN has it */
	bool agreed; /* the SYN,ACK has it; false when there is no SYN,ACK */
};

enum negotiable { OPTION_TIMESTAMPS, OPTION_SACK, OPTION_SCALING, OPTION_ECN, NEGOTIABLES };

struct facts {
	size_t first; /* its first packet */
	bool taken;   /* a SYN of the peer was answered by a SYN,ACK */
	bool refused; /* a SYN of the peer was answered by a RST */
	bool syn_ack; /* there is a SYN,ACK, of either side */
	struct negotiated negotiated[NEGOTIABLES];
	unsigned mss, window; /* of the kernel's SYN or SYN,ACK; 0: there is none */
	bool nodelay;         /* small segments were not held back by Nagle's algorithm */
	bool fast_open;       /* the kernel accepted data with the peer's SYN (RFC 7413) */
	unsigned keep_count;  /* how many probes the kernel sent before it gave up; 0: it did not */
	unsigned keep_idle, keep_interval; /* seconds between keepalive probes; 0: there are none */
	/*
	 * The packet that completed the handshake, and that the listener had no room for: the
	 * kernel sent SYN,ACK again, or RST; 0: there is none.
	 */
	size_t overflowed;
	size_t completed; /* the packet that completed the handshake; 0: there is none */
	/* see facts_alone.h */
	unsigned resent; /* the most segments in a row that were sent again */
	unsigned
		fin_wait; /* seconds after which a closed connection was forgotten; 0: it was not */
	bool rebinds;     /* a second connection of the kernel's has the ports of the first */
};

/* Finds the facts about the connection `flow`, when the kernel is its end `kernel`. */
void facts_find(const struct conversation *talk, unsigned flow, enum side kernel,
                struct facts *facts);

/* The end of the first connection that is the kernel: as the user said, or the more likely one. */
enum side facts_kernel_side(const struct conversation *talk);

/*
 * Finds a packet of the kernel, behind `packet`, that brings new data or the FIN for the first
 * time, and that had to wait for what the peer sent. What it brings must be written before. Returns
 * false when nothing had to wait. *likely says how sure that is.
 */
bool facts_waits(const struct conversation *talk, size_t packet, enum side kernel, size_t *held,
                 bool *likely);

/* The packet of the same connection after `packet`. Returns false when there is none. */
bool facts_after(const struct conversation *talk, size_t packet, size_t *after);

/* The possible causes of a RST that the kernel sent, the most likely first. */
void facts_reset_causes(const struct conversation *talk, size_t packet,
                        enum reset_cause causes[RESET_CAUSES]);

/* After a FIN of the kernel: tells whether the kernel accepts more data of its peer. */
bool facts_takes_more(const struct conversation *talk, size_t packet);

/*
 * The kernel has sent new data. Finds up to where one call may have written it, as lengths from its
 * sequence number on, the most likely first. Returns how many there are, at least 1.
 */
enum { WRITES_MAX = 4 };
size_t facts_writes(const struct conversation *talk, size_t packet, uint32_t lengths[WRITES_MAX]);

/*
 * Tells whether the peer has closed its window and the kernel probes it (RFC 9293 3.8.6.1) with
 * data that is never sent.
 */
bool facts_probes(const struct conversation *talk, size_t packet, enum side kernel);

#endif
