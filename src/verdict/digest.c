#include "verdict/digest.h"

#include <netinet/in.h>
#include <stdio.h>

#include "base/hash.h"

enum { FLAGS = 6 };

static uint32_t add(uint32_t hash, uint64_t number)
{
	return hash_add(hash, &number, sizeof(number));
}

static uint32_t hash_of(const struct event *event)
{
	const struct tcp_header *tcp = &event->segment.tcp;
	uint32_t hash = add(add(HASH_BEGIN, event->kind), event->connection);

	if (event->kind == EVENT_SENT && event->segment.protocol == IPPROTO_TCP) {
		/* Where it is an answer to what no connection takes its number is any. */
		if (!(tcp->flags & TCP_RST && tcp->flags & TCP_ACK))
			hash = add(hash, tcp->sequence);
		return add(add(add(hash, tcp->flags), tcp->acknowledgment),
		           event->segment.payload_length);
	}
	if (event->kind == EVENT_OBSERVED)
		return add(hash, event->state.state);
	return add(add(add(hash, (uint64_t)event->result), (uint64_t)event->error),
	           (uint64_t)event->revents);
}

void digest_of(const struct trace *trace, struct digest *digest)
{
	size_t kept = trace_kept(trace);

	digest->count = kept < DIGEST_EVENTS ? kept : DIGEST_EVENTS;
	for (size_t i = 0; i < digest->count; i++) {
		const struct event *event = trace_get(trace, i);
		unsigned flags = event->kind == EVENT_SENT ? event->segment.tcp.flags & 0x3f : 0;

		digest->events[i] = hash_of(event);
		digest->kinds[i] = (uint16_t)(event->kind << FLAGS | flags);
	}
}

static const char *name_of(const struct digest *digest, size_t i, char text[16])
{
	static const char *const names[] = {
		[EVENT_INJECTED] = "a segment injected",
		[EVENT_SENT] = "",
		[EVENT_CALL] = "a result",
		[EVENT_CALL_BEGUN] = "a call",
		[EVENT_CALL_RETURNED] = "a result",
		[EVENT_COMMAND] = "a command",
		[EVENT_OBSERVED] = "a state",
		[EVENT_ENDED] = "the end of a process",
	};
	unsigned kind = i < digest->count ? digest->kinds[i] >> FLAGS : EVENT_SENT;

	if (i >= digest->count)
		return "nothing";
	if (kind != EVENT_SENT)
		return names[kind];
	static const char letters[] = "FSRP.U";
	size_t length = 0;

	for (unsigned bit = 0; letters[bit]; bit++)
		if (digest->kinds[i] & 1u << bit)
			text[length++] = letters[bit];
	text[length] = '\0';
	return text;
}

const char *digest_difference(const struct digest *a, const struct digest *b,
                              char words[DIGEST_WORDS])
{
	size_t most = a->count > b->count ? a->count : b->count;
	char one[16], other[16];

	for (size_t i = 0; i < most; i++) {
		if (i < a->count && i < b->count && a->events[i] == b->events[i])
			continue;
		snprintf(words, DIGEST_WORDS, "they differ: %s, and %s", name_of(a, i, one),
		         name_of(b, i, other));
		return words;
	}
	return NULL;
}
