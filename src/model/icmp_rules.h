/*
 * ICMP errors about a segment that the endpoint has sent (RFC 9293 3.9.2.2, RFC 1122 4.2.3.9,
 * RFC 5461, RFC 5927).
 */
#ifndef TCPCLOSE_MODEL_ICMP_RULES_H
#define TCPCLOSE_MODEL_ICMP_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "model/circumstances.h"
#include "model/tcb.h"

/* Like arrival_apply(). `segment` is ICMP, or ICMPv6, with a quote of TCP. */
size_t icmp_apply(const struct tcb *tcb, const struct segment *segment, usec_t now,
                  const struct model_circumstances *circumstances, struct tcb *after, size_t room);

#endif
