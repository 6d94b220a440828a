/*
 * run/step_expect: comparing a packet with a line has no effect on what is compared. Whatever line
 * that need not be met is tried on whatever packet, in each phase of a connection: when it does not
 * match, all that is known of the connections is byte for byte as it was.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "program/compile.h"
#include "run/arrivals.h"
#include "run/step_expect.h"
#include "run/step_inject.h"
#include "run/tell.h"
#include "script/parse.h"
#include "wire/tcp_options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

enum { ROUNDS = 20000, KERNEL_ISN = 0xfffffff0, KERNEL_CLOCK = 77000 };

/* ---- a world in which nothing comes by itself ---- */

static usec_t now_of(struct host *host)
{
	(void)host;
	return 1000;
}

static enum host_wake wait_in_vain(struct host *host, usec_t deadline, struct host_packet *packet)
{
	(void)host;
	(void)deadline;
	(void)packet;
	return HOST_TIME;
}

static bool inject(struct host *host, const struct segment *segment, usec_t *at)
{
	(void)host;
	(void)segment;
	*at = 1000;
	return true;
}

static const struct wire_ops wire = { .inject = inject, .wait = wait_in_vain };
static const struct call_ops calls = { .call = NULL };
static const struct clock_ops clock_ops = { .now = now_of };

struct world {
	struct arena *arena;
	struct host host;
	struct addresses addresses;
	struct evidence *evidence;
	struct program *program;
	struct running run;
};

static struct program *compile(struct arena *arena, const char *text)
{
	struct sources *sources = sources_new(arena);
	struct diag *diag = diag_new(arena, sources);
	struct defines defines = { 0 };
	struct program *program = NULL;
	struct script *script = NULL;
	struct settings settings;

	settings_init(&settings, false);
	settings.ip_version = IP_V4;
	if (!parse_script(arena, sources, sources_add(sources, "x", text, strlen(text)), &defines,
	                  diag, &script) ||
	    !compile_settings(script, arena, diag, &settings) ||
	    !compile_script(script, &settings, arena, diag, &program)) {
		diag_print(diag, stderr);
		fail_msg("the script is wrong: %s", text);
	}
	return program;
}

static void begin(struct world *world, const char *text)
{
	struct running *run = &world->run;

	memset(world, 0, sizeof(*world));
	world->arena = arena_new();
	world->host.wire = &wire;
	world->host.calls = &calls;
	world->host.clock = &clock_ops;
	world->program = compile(world->arena, text);
	world->evidence = arena_alloc(world->arena, sizeof(*world->evidence));
	assert_null(addresses_init(&world->program->settings, &world->addresses));
	run->program = world->program;
	run->settings = &world->program->settings;
	run->addresses = &world->addresses;
	run->host = &world->host;
	run->arena = world->arena;
	timing_init(&run->timing, &world->host, run->settings);
	connections_init(&run->connections, world->arena, run->settings, &world->addresses, false);
	queue_init(&run->queue, world->arena);
	actors_init(&run->actors, world->arena);
	teller_begin(run, NULL, world->evidence);
}

static bool step(struct world *world, size_t i)
{
	const struct step *step = &world->program->steps[i];

	timing_begin(&world->run.timing, step);
	bool good = step->kind == STEP_INJECT ? step_inject(&world->run, step)
	                                      : step_expect(&world->run, step);
	timing_end(&world->run.timing, step);
	return good;
}

/* ---- packets of the kernel ---- */

struct sent {
	uint16_t flags;
	uint32_t sequence, acknowledgment, length;
	bool timestamp;
};

static void come(struct world *world, const struct sent *sent)
{
	struct host_packet packet = {
		.segment = { .source = world->addresses.local,
		             .destination = world->addresses.remote,
		             .protocol = IPPROTO_TCP,
		             .payload_length = sent->length,
		             .tcp = { .source = world->run.settings->bind_port,
		                      .destination = 40001,
		                      .sequence = KERNEL_ISN + sent->sequence,
		                      .acknowledgment = sent->acknowledgment,
		                      .flags = sent->flags,
		                      .window = 1000 } },
		.at = 1000,
	};
	static const uint8_t timestamp[12] = { 1, 1, 8, 10 };
	struct tcp_header *tcp = &packet.segment.tcp;

	if (sent->timestamp) {
		memcpy(tcp->options, timestamp, sizeof(timestamp));
		tcp->options_length = sizeof(timestamp);
		tcp_timestamp_set(tcp, KERNEL_CLOCK, 1);
	}
	packet_arrived(&world->run, &packet);
}

/* ---- all that is known of the connections ---- */

struct known {
	struct connections connections;
	struct connection list[8];
	struct timestamp_pair timestamps[8][16];
	size_t count;
};

static void look(const struct world *world, struct known *known)
{
	memset(known, 0, sizeof(*known));
	known->connections = world->run.connections;
	for (const struct connection *c = known->connections.first; c; c = c->next) {
		assert_true(known->count < 8 && c->timestamp_count < 16);
		if (c->timestamp_count)
			memcpy(known->timestamps[known->count], c->timestamps,
			       c->timestamp_count * sizeof(*c->timestamps));
		known->list[known->count++] = *c;
	}
}

/* ---- lines ---- */

static const char *pick(const char *const *list, size_t count)
{
	return list[(size_t)rand() % count];
}

#define PICK(...)                                  \
	pick((const char *const[]){ __VA_ARGS__ }, \
	     sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

static void write_packet(char *text, size_t size)
{
	const char *options = PICK("", " <...>", " <nop,nop,TS val 100 ecr 1>",
	                           " <nop,nop,TS val 900 ecr 1>", " <mss 1>");

	snprintf(text, size, "> %s%s%s%s%s", PICK("", "", "8080 > 40001 ", "8080 > 40002 "),
	         PICK("S. 0:0(0) ack 1", "S. 5:5(0) ack 1", "S 0:0(0)", "S 7:7(0)",
	              ". 1:1(0) ack 1", "P. 1:11(10) ack 1", ". 5:5(0) ack 7", "F. 1:1(0) ack 1",
	              "R 1:1(0)", "R 1:1(0)!"),
	         PICK("", " win 1000", " win 7"), options, "");
}

static const char handshake[] = "+0 < S 0:0(0) win 9 <nop,nop,TS val 1 ecr 0>\n";
static const char open[] = "+0 > S. 0:0(0) ack 1 <nop,nop,TS val 100 ecr 1>\n"
			   "+0 < . 1:1(0) ack 1 win 9 <nop,nop,TS val 2 ecr 100>\n";
static const struct sent syn_ack = { TCP_SYN | TCP_ACK, 0, 1, 0, true };

/* A connection whose SYN was injected, or that is open; then a packet, and a line that is tried. */
static bool play_round(bool is_open)
{
	static const struct sent packets[] = {
		{ TCP_SYN | TCP_ACK, 0, 1, 0, true },  { TCP_SYN | TCP_ACK, 0, 1, 0, false },
		{ TCP_SYN | TCP_ACK, 99, 1, 0, true }, { TCP_ACK, 1, 1, 0, true },
		{ TCP_PSH | TCP_ACK, 1, 1, 10, true }, { TCP_FIN | TCP_ACK, 1, 1, 0, false },
		{ TCP_RST, 1, 0, 0, false },           { TCP_SYN, 0, 0, 0, true },
	};
	static struct world world;
	static struct known before, after;
	char first[160], second[160] = "", text[1024];
	size_t tried = is_open ? 3 : 1;
	bool matched;

	write_packet(first, sizeof(first));
	if (rand() % 2)
		write_packet(second, sizeof(second));
	snprintf(text, sizeof(text), "%s%s+0 maybe %s%s%s\n", handshake, is_open ? open : "", first,
	         *second ? " or " : "", second);
	begin(&world, text);
	assert_true(step(&world, 0));
	if (is_open) {
		come(&world, &syn_ack);
		assert_true(step(&world, 1) && step(&world, 2));
	}
	come(&world, &packets[(size_t)rand() % (sizeof(packets) / sizeof(*packets))]);
	look(&world, &before);
	assert_true(step(&world, tried));
	matched = !packet_left(&world.run);
	look(&world, &after);
	if (!matched && memcmp(&before, &after, sizeof(before)))
		fail_msg("a line that does not match has changed the connection:\n%s", text);
	arena_free(world.arena);
	return matched;
}

static void test_no_effect(void **state)
{
	unsigned matched = 0, rounds = 0;

	(void)state;
	srand(1);
	for (; rounds < ROUNDS; rounds++)
		matched += play_round(rounds % 2);
	/* Both kinds were there. */
	assert_in_range(matched, ROUNDS / 100, ROUNDS / 2);
}

/* What the line is that matched is learned. */
static void test_learned(void **state)
{
	static struct world world;
	const struct connection *c;

	(void)state;
	begin(&world,
	      "+0 < S 0:0(0) win 9 <nop,nop,TS val 1 ecr 0>\n"
	      "+0 > S. 5:5(0) ack 1 <mss 1> or > S. 7:7(0) ack 1 <nop,nop,TS val 4 ecr 1>\n");
	assert_true(step(&world, 0));
	come(&world, &syn_ack);
	assert_true(step(&world, 1));
	c = world.run.connections.first;
	assert_int_equal(c->phase, CONNECTION_SYN_ACK_SENT);
	assert_int_equal(c->script_local_isn, 7);
	assert_int_equal(c->live_local_isn, (uint32_t)KERNEL_ISN);
	assert_int_equal(c->timestamp_count, 1);
	assert_int_equal(c->timestamps[0].script, 4);
	assert_int_equal(c->timestamps[0].live, KERNEL_CLOCK);
	arena_free(world.arena);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		/* clang-format off */
		cmocka_unit_test(test_no_effect),
		cmocka_unit_test(test_learned),
		/* clang-format on */
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
