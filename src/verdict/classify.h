/*
 * What a segment from the kernel is: a retransmitted FIN, a challenge ACK, a window update ... It
 * is judged from what was sent and injected on its connection before. All numbers are script
 * values, and so is time. Pure: no state but `struct flow`.
 */
#ifndef TCPCLOSE_VERDICT_CLASSIFY_H
#define TCPCLOSE_VERDICT_CLASSIFY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/usec.h"
#include "wire/segment.h"

/* One connection's history, as far as classification needs it. Starts zeroed. */
struct flow {
	bool sent_any, injected_any;
	uint32_t send_una, send_next;   /* the kernel's side, from its segments and our ACKs */
	uint32_t receive_next;          /* the highest in-order end of what we injected */
	uint32_t last_ack;              /* in the kernel's last segment that had ACK */
	uint16_t last_window;
	bool fin_sent, fin_injected;
	uint32_t fin_sequence;
	usec_t fin_first_at, last_sent_at, last_injected_at;
	unsigned fin_count;             /* how often the FIN was sent */
	struct segment last_injected, last_sent;        /* without payload */
};

void flow_injected(struct flow *flow, const struct segment *segment, usec_t at);

/*
 * Says in a few words what `segment` is, given what came before, into text[CLASSIFIED_TEXT-sized];
 * "" when it is nothing special (new data, the first FIN ...). Then call flow_sent().
 */
void flow_classify(const struct flow *flow, const struct segment *segment, usec_t at, char *text,
                   size_t size);
void flow_sent(struct flow *flow, const struct segment *segment, usec_t at);

#endif
