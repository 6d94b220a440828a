/*
 * The numbers of a script for those of a capture: sequence numbers count from each side's SYN, and
 * timestamps begin anew; and a packet as the line of a script.
 */
#ifndef TCPCLOSE_AUTHOR_NAMES_H
#define TCPCLOSE_AUTHOR_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire/segment.h"

/* Whose numbers: the kernel's that the script tests, or its peer's. */
enum party { KERNEL, PEER };

enum { ECHOES_MAX = 64, LINE_TEXT = 768 };

struct names {
	uint32_t isn[2];       /* by enum party; 0 until a SYN was seen */
	uint32_t timestamp[2]; /* of each, the first that was seen */
	bool timestamp_known[2];
	uint32_t echoes[ECHOES_MAX]; /* what lines of the kernel's have named, the newest last */
	size_t echo_count;
};

/* How much of the kernel's line is compared. */
struct line_form {
	bool any_syn_numbers;            /* mss * and wscale * */
	bool any_sequence;               /* *(LENGTH) */
	uint16_t kernel_port, peer_port; /* 0: they are not written */
};

/* Begins new numbers with a SYN. */
void names_begin(struct names *names, enum party party, uint32_t isn);

/* A sequence number as the script has it. */
uint32_t names_number(const struct names *names, enum party party, uint32_t number);

/*
 * The packet as a line without its time: "< F. 1:1(0) ack 1 win 257". What the kernel's names from
 * here on can be echoed. An ICMP message is the peer's.
 */
void names_line(struct names *names, enum party party, const struct segment *segment,
                const struct line_form *form, char text[LINE_TEXT]);

#endif
