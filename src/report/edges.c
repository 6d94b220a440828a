#include "report/edges.h"

#include <netinet/in.h>
#include <string.h>

#include "base/hash.h"
#include "program/syscalls.h"
#include "wire/tcp_options.h"

enum { NUMBERS = 3 }; /* of a segment: sequence, acknowledgment, timestamp */

struct edge_segment {
	uint32_t before; /* the hash of what is done before, and of the rest of the segment */
	uint32_t numbers[NUMBERS];
	struct edge_segment *next;
};

static uint32_t add_number(uint32_t hash, int64_t number)
{
	return hash_add(hash, &number, sizeof(number));
}

/* A segment without its numbers, which it stores. */
static uint32_t add_segment(uint32_t hash, const struct packet_want *packet,
                            uint32_t numbers[NUMBERS])
{
	struct tcp_header tcp = packet->segment.tcp;
	uint32_t echo;

	memset(numbers, 0, NUMBERS * sizeof(numbers[0]));
	hash = add_number(hash, packet->segment.protocol);
	hash = add_number(hash, packet->segment.payload_length);
	if (packet->segment.protocol != IPPROTO_TCP)
		return hash;
	if (packet->options) {
		tcp.options_length = packet->options->length;
		memcpy(tcp.options, packet->options->bytes, packet->options->length);
	}
	numbers[0] = tcp.sequence;
	numbers[1] = tcp.acknowledgment;
	tcp_timestamp_get(&tcp, &numbers[2], &echo);
	hash = add_number(hash, tcp.flags);
	return add_number(hash, (int64_t)tcp.source << 16 | tcp.destination);
}

/* Enough of a step that tests which are set up otherwise are told apart. */
static uint32_t add_step(uint32_t hash, const struct step *step)
{
	uint32_t numbers[NUMBERS];

	hash = add_number(hash, step->kind);
	if (step->kind == STEP_INJECT || step->kind == STEP_EXPECT) {
		hash = add_segment(hash, step->packet, numbers);
		return hash_add(hash, numbers, sizeof(numbers));
	}
	if (step->kind == STEP_OBSERVE)
		return add_number(hash, step->observe->state);
	if (step->kind != STEP_CALL)
		return hash;
	hash = hash_add(hash, step->call->row->name, strlen(step->call->row->name));
	for (unsigned i = 0; i < step->call->count; i++)
		hash = add_number(hash, step->call->arguments[i].kind == VALUE_NUMBER
		                                ? step->call->arguments[i].number
		                                : -1);
	return hash;
}

/* One number is one more or less, and the others are equal. */
static bool are_neighbours(const struct edge_segment *one, const struct edge_segment *other)
{
	int apart = 0, different = 0;

	for (int i = 0; i < NUMBERS; i++) {
		different += one->numbers[i] != other->numbers[i];
		apart += one->numbers[i] + 1 == other->numbers[i] ||
		         other->numbers[i] + 1 == one->numbers[i];
	}
	return one->before == other->before && different == 1 && apart == 1;
}

static bool add(struct edges *edges, const struct edge_segment *segment, struct arena *arena)
{
	struct edge_segment *copy;
	bool edge = false;

	for (const struct edge_segment *other = edges->segments; other; other = other->next)
		edge |= are_neighbours(segment, other);
	copy = arena_alloc(arena, sizeof(*copy));
	*copy = *segment;
	copy->next = edges->segments;
	edges->segments = copy;
	return edge;
}

bool edges_add(struct edges *edges, const struct program *program, struct arena *arena)
{
	uint32_t hash = HASH_BEGIN;
	bool edge = false;

	for (size_t i = 0; i < program->count; i++) {
		const struct step *step = &program->steps[i];
		struct edge_segment segment = { 0 };

		if (step->kind == STEP_INJECT) {
			segment.before = add_segment(hash, step->packet, segment.numbers);
			edge |= add(edges, &segment, arena);
		}
		hash = add_step(hash, step);
	}
	return edge;
}
