/* program/known_names: what is known, and what is near. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/arena.h"
#include "program/known_names.h"

static void test_counters(void **state)
{
	(void)state;
	assert_true(counter_is_known("TCPTimeouts"));
	assert_true(counter_is_known("TcpExtTCPTimeouts"));
	assert_true(counter_is_known("TcpRetransSegs"));
	assert_true(counter_is_known("RetransSegs"));
	assert_true(counter_is_known("Ip6InReceives"));
	assert_true(counter_is_known("MPTcpExtMPCapableSYNRX"));
	assert_true(counter_is_known("IcmpMsgInType3"));
	assert_true(counter_is_known("TCPPrequeued")); /* of older kernels */
	assert_false(counter_is_known("TCPTimeouts2"));
	assert_false(counter_is_known("tcptimeouts"));
	assert_false(counter_is_known("TcpTCPTimeouts"));
	assert_false(counter_is_known(""));
}

static void test_nearest_counter(void **state)
{
	(void)state;
	assert_string_equal(counter_suggest("TCPTimeouts2"), "TCPTimeouts");
	assert_string_equal(counter_suggest("tcptimeouts"), "TCPTimeouts");
	assert_string_equal(counter_suggest("TcpRetranSegs"), "TcpRetransSegs");
	assert_string_equal(counter_suggest("TCPAbortOnClsoe"), "TCPAbortOnClose");
	assert_null(counter_suggest("zzzzzzzzzzzz"));
}

static void test_sysctls(void **state)
{
	(void)state;
	assert_true(sysctl_is_known("net.ipv4.tcp_fin_timeout"));
	assert_true(sysctl_is_known("net/ipv4/tcp_fin_timeout"));
	assert_true(sysctl_is_known("net.ipv4.conf.all.rp_filter"));
	assert_true(sysctl_is_known("net/ipv6/conf/eth0.100/disable_ipv6"));
	assert_true(sysctl_is_known("net.ipv4.tcp_tw_recycle")); /* of older kernels */
	assert_true(sysctl_is_known("net.netfilter.nf_conntrack_tcp_loose"));
	assert_false(sysctl_is_known("net.ipv4.tcp_fin_timeuot"));
	assert_false(sysctl_is_known("net.ipv6.tcp_fin_timeout"));
	assert_false(sysctl_is_known("net.ipv4"));
	assert_false(sysctl_is_known("net.ipv4.conf.rp_filter"));
	assert_false(sysctl_is_known("kernel.panic"));
	assert_false(sysctl_is_known(""));
}

static void test_nearest_sysctl(void **state)
{
	struct arena *arena = arena_new();
	static const struct {
		const char *written, *meant;
	} rows[] = {
		{ "net.ipv4.tcp_fin_timeuot", "net.ipv4.tcp_fin_timeout" },
		{ "net/ipv4/tcp_fin_timeuot", "net.ipv4.tcp_fin_timeout" },
		{ "net.ipv6.tcp_fin_timeout", "net.ipv4.tcp_fin_timeout" },
		{ "net.tcp_fin_timeout", "net.ipv4.tcp_fin_timeout" },
		{ "net.ipv4.conf.lo.rp_fliter", "net.ipv4.conf.lo.rp_filter" },
		{ "net.core.somaxcon", "net.core.somaxconn" },
		{ "net.ipv4.zzzzzzzz", NULL },
		{ "kernel.panic", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *near = sysctl_suggest(rows[i].written, arena);

		if (rows[i].meant)
			assert_string_equal(near ? near : "", rows[i].meant);
		else
			assert_null(near);
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_counters),
		cmocka_unit_test(test_nearest_counter),
		cmocka_unit_test(test_sysctls),
		cmocka_unit_test(test_nearest_sysctl),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
