/* Two hosts: messages, which packets are a test's, and how far two clocks are apart. */
#include "remote/wire_message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "remote/clock_offset.h"
#include "remote/limits.h"

static struct wire_start addresses(const char *local, unsigned local_prefix, const char *remote,
                                   unsigned remote_prefix)
{
	struct wire_start start = { .ethernet = { 2, 1, 2, 3, 4, 5 },
		                    .local_prefix = local_prefix,
		                    .remote_prefix = remote_prefix };

	assert_true(ip_address_parse(local, &start.local));
	assert_true(ip_address_parse(remote, &start.remote));
	return start;
}

/* ---- messages ---- */

static bool read_back(const struct wire_message *message, struct wire_message *back)
{
	static uint8_t body[BODY_MOST];
	char error[FAULT_TEXT];
	size_t size = wire_message_write(message, body);

	return wire_message_read(message->kind, body, size, back, error);
}

static void test_messages(void **unused)
{
	const uint8_t bytes[] = { 0x45, 0, 0, 20 };
	struct wire_message message = { .kind = WIRE_PACKET,
		                        .at = 1234567890123456,
		                        .bytes = bytes,
		                        .size = sizeof(bytes),
		                        .length = 99 };
	struct wire_message back;

	(void)unused;
	assert_true(read_back(&message, &back));
	assert_int_equal(back.at, 1234567890123456);
	assert_int_equal(back.length, 99);
	assert_int_equal(back.size, sizeof(bytes));
	assert_memory_equal(back.bytes, bytes, sizeof(bytes));
	message = (struct wire_message){ .kind = WIRE_START,
		                         .start = addresses("fd3d::1", 16, "2001:db8::1", 32) };
	assert_true(read_back(&message, &back));
	assert_memory_equal(&back.start, &message.start, sizeof(back.start));
}

static void test_nonsense(void **unused)
{
	const uint8_t bytes[64] = { 0 };
	struct wire_message message = { .kind = WIRE_START,
		                        .start = addresses("10.0.0.1", 8, "192.0.2.1", 33) };
	struct wire_message back;
	char error[FAULT_TEXT];

	(void)unused;
	assert_false(read_back(&message, &back));
	message.start.remote_prefix = 0;
	assert_false(read_back(&message, &back));
	message.start = addresses("10.0.0.1", 8, "192.0.2.1", 24);
	message.start.ethernet[0] = 1; /* a group */
	assert_false(read_back(&message, &back));
	message = (struct wire_message){
		.kind = WIRE_PACKET, .bytes = bytes, .size = 20, .length = 19
	};
	assert_false(read_back(&message, &back));
	assert_false(wire_message_read(WIRE_SYNC, bytes, 1, &back, error));
	assert_string_equal(error, "the other side sent nonsense (kind 3, 1 bytes)");
	assert_false(wire_message_read(0, bytes, 0, &back, error));
	assert_false(wire_message_read(WIRE_KINDS, bytes, 0, &back, error));
	assert_false(wire_message_read(WIRE_SYNCED, bytes, 7, &back, error));
}

/* ---- limits ---- */

static void packet4(uint8_t bytes[20], const char *from, const char *to, uint8_t protocol)
{
	struct ip_address address;

	memset(bytes, 0, 20);
	bytes[0] = 0x45;
	bytes[9] = protocol;
	assert_true(ip_address_parse(from, &address));
	memcpy(bytes + 12, address.bytes, 4);
	assert_true(ip_address_parse(to, &address));
	memcpy(bytes + 16, address.bytes, 4);
}

static void test_limits(void **unused)
{
	struct wire_start start = addresses("192.168.0.1", 16, "192.0.2.1", 24);
	uint8_t bytes[40];

	(void)unused;
	packet4(bytes, "192.0.2.7", "192.168.3.4", IPPROTO_TCP);
	assert_true(limits_may_send(&start, bytes, 20));
	assert_false(limits_may_send(&start, bytes, 19));
	assert_false(limits_may_tell(&start, bytes, 20));
	packet4(bytes, "192.0.3.7", "192.168.3.4", IPPROTO_TCP);
	assert_false(limits_may_send(&start, bytes, 20));
	packet4(bytes, "192.0.2.7", "10.9.0.1", IPPROTO_TCP);
	assert_false(limits_may_send(&start, bytes, 20));
	packet4(bytes, "192.168.0.1", "192.0.2.1", IPPROTO_TCP);
	assert_true(limits_may_tell(&start, bytes, 20));
	packet4(bytes, "192.168.0.1", "224.0.0.22", IPPROTO_IGMP);
	assert_false(limits_may_tell(&start, bytes, 20));
	packet4(bytes, "10.9.0.1", "10.9.0.2", IPPROTO_TCP);
	assert_false(limits_may_tell(&start, bytes, 20));
	memset(bytes, 0, sizeof(bytes));
	bytes[0] = 0x60;
	assert_false(limits_may_send(&start, bytes, sizeof(bytes)));
}

/* ---- clocks ---- */

static void test_clocks(void **unused)
{
	struct clock_offset offset = { 0 };

	(void)unused;
	/* The server is 1000000 ahead; the first answer takes 400 us, the second 100. */
	assert_true(clock_offset_learn(&offset, 100, 1000300, 500));
	assert_int_equal(clock_offset_doubt(&offset), 200);
	assert_true(clock_offset_learn(&offset, 1000, 1001050, 1100));
	assert_in_range(clock_offset_doubt(&offset), 40, 50);
	assert_in_range(clock_offset_here(&offset, 1002000), 1950, 2050);
	/* A slow answer does not make it worse. */
	assert_true(clock_offset_learn(&offset, 2000, 1010000, 20000));
	assert_in_range(clock_offset_doubt(&offset), 40, 55);
	assert_in_range(clock_offset_here(&offset, 1030000), 29945, 30055);
	/* A clock was set. */
	assert_false(clock_offset_learn(&offset, 21000, 2000000, 21100));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_messages),
		cmocka_unit_test(test_nonsense),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_clocks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
