/*
 * The numbers of a script in place of those of a capture: sequence numbers count from each side's
 * SYN, and timestamps begin again. Also writes a packet as the line of a script.
 */
#ifndef TCPCLOSE_AUTHOR_NAMES_H
#define TCPCLOSE_AUTHOR_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire/segment.h"

/* Whose numbers: those of the kernel under test, or of its peer. */
enum party { KERNEL, PEER };

enum { ECHOES_MAX = 64, LINE_TEXT = 768 };

struct names {
	uint32_t isn[2];       /* by enum party; 0 until a SYN was seen */
	uint32_t timestamp[2]; /* for each party, the first one that was seen */
	bool timestamp_known[2];
	uint32_t echoes
		[ECHOES_MAX]; /* values that lines of the kernel have named, the newest last */
	size_t echo_count;
};

/* How much of a line of the kernel is compared. */
struct line_form {
	bool any_syn_numbers;            /* write mss * and wscale * */
	bool any_sequence;               /* write *(LENGTH) */
	bool any_length;                 /* write (...): any amount of data */
	bool any_stamps;                 /* write TS val * ecr * */
	bool any_acknowledgment;         /* write ack * in a line of the peer */
	uint16_t kernel_port, peer_port; /* 0: ports are not written */
};

/* Begins new numbers at a SYN. */
void names_begin(struct names *names, enum party party, uint32_t isn);

/* Begins the timestamps of a party with this one, which no line has shown yet. */
void names_begin_stamps(struct names *names, enum party party, uint32_t value);

/* A sequence number in the script's numbers. */
uint32_t names_number(const struct names *names, enum party party, uint32_t number);

/*
 * Writes the packet as a line without its time: "< F. 1:1(0) ack 1 win 257". A timestamp that a
 * line of the kernel names can be echoed from then on. An ICMP message is always the peer's.
 */
void names_line(struct names *names, enum party party, const struct segment *segment,
                const struct line_form *form, char text[LINE_TEXT]);

#endif
