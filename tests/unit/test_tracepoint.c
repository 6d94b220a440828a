/*
 * What tracefs says of a tracepoint, and records of it; the formats are those of Linux 6.18 and
 * 6.1.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "kernel/tracepoint.h"

#define COMMON                                                                         \
	"format:\n"                                                                    \
	"\tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;\n"         \
	"\tfield:unsigned char common_flags;\toffset:2;\tsize:1;\tsigned:0;\n"         \
	"\tfield:unsigned char common_preempt_count;\toffset:3;\tsize:1;\tsigned:0;\n" \
	"\tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;\n\n"

static const char drops[] =
	"name: kfree_skb\nID: 2310\n" COMMON
	"\tfield:void * skbaddr;\toffset:8;\tsize:8;\tsigned:0;\n"
	"\tfield:void * location;\toffset:16;\tsize:8;\tsigned:0;\n"
	"\tfield:void * rx_sk;\toffset:24;\tsize:8;\tsigned:0;\n"
	"\tfield:unsigned short protocol;\toffset:32;\tsize:2;\tsigned:0;\n"
	"\tfield:enum skb_drop_reason reason;\toffset:36;\tsize:4;\tsigned:0;\n\n"
	"print fmt: \"skbaddr=%p rx_sk=%p protocol=%u location=%pS reason: %s\", REC->skbaddr, "
	"REC->rx_sk, REC->protocol, REC->location, __print_symbolic(REC->reason, "
	"{ 2, \"NOT_SPECIFIED\" }, { 3, \"NO_SOCKET\" }, { 33, \"TCP_OLD_DATA\" })\n";

/* 6.1 has no rx_sk, so what follows lies elsewhere. */
static const char older_drops[] =
	"name: kfree_skb\nID: 1201\n" COMMON
	"\tfield:void * skbaddr;\toffset:8;\tsize:8;\tsigned:0;\n"
	"\tfield:void * location;\toffset:16;\tsize:8;\tsigned:0;\n"
	"\tfield:unsigned short protocol;\toffset:24;\tsize:2;\tsigned:0;\n"
	"\tfield:enum skb_drop_reason reason;\toffset:28;\tsize:4;\tsigned:0;\n\n"
	"print fmt: \"skbaddr=%p protocol=%u location=%p reason: %s\", REC->skbaddr, "
	"REC->protocol, "
	"REC->location, __print_symbolic(REC->reason, { 2, \"NOT_SPECIFIED\" }, "
	"{ 19, \"TCP_OLD_SEQUENCE\" })\n";

static const char resets[] =
	"name: tcp_send_reset\nID: 2280\n" COMMON
	"\tfield:const void * skbaddr;\toffset:8;\tsize:8;\tsigned:0;\n"
	"\tfield:const void * skaddr;\toffset:16;\tsize:8;\tsigned:0;\n"
	"\tfield:int state;\toffset:24;\tsize:4;\tsigned:1;\n"
	"\tfield:enum sk_rst_reason reason;\toffset:28;\tsize:4;\tsigned:0;\n"
	"\tfield:__u8 saddr[28];\toffset:32;\tsize:28;\tsigned:0;\n"
	"\tfield:__u8 daddr[28];\toffset:60;\tsize:28;\tsigned:0;\n\n"
	"print fmt: \"state=%s reason=%s\", REC->state ? __print_symbolic(REC->state, "
	"{ 1, \"TCP_ESTABLISHED\" }, { 3, \"TCP_SYN_RECV\" }) : \"UNKNOWN\", "
	"__print_symbolic(REC->reason, { 1, \"NO_SOCKET\" }, { 14, \"TCP_STATE\" })\n";

static void put(uint8_t *record, size_t offset, const void *value, size_t size)
{
	memcpy(record + offset, value, size);
}

static void test_id(void **state)
{
	(void)state;
	assert_int_equal(tracepoint_id(drops), 2310);
	assert_int_equal(tracepoint_id(resets), 2280);
	assert_int_equal(tracepoint_id("name: other\n"), 0);
	assert_int_equal(tracepoint_id(""), 0);
}

static void test_numbers(void **state)
{
	const uint64_t location = 0xffffffff81b0f123;
	const uint32_t reason = 33;
	const uint16_t type = 2310, protocol = 0x86dd;
	uint8_t record[40] = { 0 };
	uint64_t value;

	(void)state;
	put(record, 0, &type, sizeof(type));
	put(record, 16, &location, sizeof(location));
	put(record, 32, &protocol, sizeof(protocol));
	put(record, 36, &reason, sizeof(reason));
	assert_true(tracepoint_number(drops, "common_type", record, sizeof(record), &value));
	assert_int_equal(value, type);
	assert_true(tracepoint_number(drops, "location", record, sizeof(record), &value));
	assert_true(value == location);
	assert_true(tracepoint_number(drops, "protocol", record, sizeof(record), &value));
	assert_int_equal(value, protocol);
	assert_true(tracepoint_number(drops, "reason", record, sizeof(record), &value));
	assert_int_equal(value, reason);
}

static void test_an_older_kernel_has_them_elsewhere(void **state)
{
	const uint32_t reason = 19;
	uint8_t record[32] = { 0 };
	uint64_t value;

	(void)state;
	put(record, 28, &reason, sizeof(reason));
	assert_true(tracepoint_number(older_drops, "reason", record, sizeof(record), &value));
	assert_int_equal(value, reason);
	assert_false(tracepoint_number(older_drops, "rx_sk", record, sizeof(record), &value));
}

static void test_what_is_no_number(void **state)
{
	uint8_t record[88] = { 0 };
	uint64_t value;
	size_t size;

	(void)state;
	/* Too short by a byte; a part of a name; more bytes than a number has. */
	assert_false(tracepoint_number(drops, "reason", record, 39, &value));
	assert_false(tracepoint_number(drops, "reaso", record, sizeof(record), &value));
	assert_false(tracepoint_number(drops, "eason", record, sizeof(record), &value));
	assert_false(tracepoint_number(resets, "saddr", record, sizeof(record), &value));
	assert_ptr_equal(tracepoint_field(resets, "saddr", record, sizeof(record), &size),
	                 record + 32);
	assert_int_equal(size, 28);
	assert_null(tracepoint_field(resets, "daddr", record, 87, &size));
}

static void test_names(void **state)
{
	char name[32];

	(void)state;
	assert_true(tracepoint_name(drops, "reason", 33, name, sizeof(name)));
	assert_string_equal(name, "TCP_OLD_DATA");
	assert_true(tracepoint_name(older_drops, "reason", 19, name, sizeof(name)));
	assert_string_equal(name, "TCP_OLD_SEQUENCE");
	assert_true(tracepoint_name(resets, "reason", 1, name, sizeof(name)));
	assert_string_equal(name, "NO_SOCKET");
	assert_true(tracepoint_name(resets, "state", 1, name, sizeof(name)));
	assert_string_equal(name, "TCP_ESTABLISHED");
	/* Of another list; of none; no room. */
	assert_false(tracepoint_name(resets, "state", 14, name, sizeof(name)));
	assert_false(tracepoint_name(drops, "reason", 99, name, sizeof(name)));
	assert_false(tracepoint_name(drops, "protocol", 2, name, sizeof(name)));
	assert_false(tracepoint_name(drops, "reason", 33, name, 12));
}

static void find(const char *text, uint64_t address, const char *wanted)
{
	FILE *table = fmemopen((void *)text, strlen(text), "r");
	char name[32] = "";

	assert_non_null(table);
	assert_int_equal(kernel_function(table, address, name, sizeof(name)), *wanted != '\0');
	assert_string_equal(name, wanted);
	fclose(table);
}

static void test_functions(void **state)
{
	static const char table[] = "ffffffff81000000 T _stext\n"
				    "ffffffff81000500 t tcp_rcv_state_process.cold\n"
				    "ffffffff81000400 t tcp_validate_incoming\n"
				    "ffffffff81000410 d some_data\n"
				    "ffffffffc0000000 t of_a_module\t[tun]\n";

	(void)state;
	find(table, 0xffffffff81000423, "tcp_validate_incoming");
	find(table, 0xffffffff81000400, "tcp_validate_incoming");
	find(table, 0xffffffff810004ff, "tcp_validate_incoming");
	find(table, 0xffffffff81000500, "tcp_rcv_state_process");
	find(table, 0xffffffffc0000001, "of_a_module");
	find(table, 0xffffffff80000000, "");
	/* Hidden from us. */
	find("0000000000000000 T tcp_ack\n", 0xffffffff81000423, "");
	find("rubbish\n", 1, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_id),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_an_older_kernel_has_them_elsewhere),
		cmocka_unit_test(test_what_is_no_number),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_functions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
