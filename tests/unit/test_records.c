#define _GNU_SOURCE
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <linux/errqueue.h>
#include <linux/tcp.h>
#include <linux/version.h>

#include "program/records.h"

static const struct record_field *find(const char *layout_name, const char *field_name)
{
	const struct record_layout *layout = record_find(layout_name);
	const struct record_field *field;

	if (layout == NULL)
		fail_msg("no layout %s", layout_name);
	field = record_field_find(layout, field_name);
	if (field == NULL)
		fail_msg("%s has no %s", layout_name, field_name);
	return field;
}

struct member {
	const char *layout, *field;
	size_t offset, size;
};

#define MEMBER(type, member)                                                                      \
	{                                                                                         \
#type, #member, offsetof(struct type, member), sizeof(((struct type *)0)->member) \
	}

/* What every header since Linux 5.5 has, and what later ones added. */
static const struct member members[] = {
	MEMBER(tcp_info, tcpi_state),
	MEMBER(tcp_info, tcpi_ca_state),
	MEMBER(tcp_info, tcpi_retransmits),
	MEMBER(tcp_info, tcpi_probes),
	MEMBER(tcp_info, tcpi_backoff),
	MEMBER(tcp_info, tcpi_options),
	MEMBER(tcp_info, tcpi_rto),
	MEMBER(tcp_info, tcpi_ato),
	MEMBER(tcp_info, tcpi_snd_mss),
	MEMBER(tcp_info, tcpi_rcv_mss),
	MEMBER(tcp_info, tcpi_unacked),
	MEMBER(tcp_info, tcpi_sacked),
	MEMBER(tcp_info, tcpi_lost),
	MEMBER(tcp_info, tcpi_retrans),
	MEMBER(tcp_info, tcpi_fackets),
	MEMBER(tcp_info, tcpi_last_data_sent),
	MEMBER(tcp_info, tcpi_last_ack_sent),
	MEMBER(tcp_info, tcpi_last_data_recv),
	MEMBER(tcp_info, tcpi_last_ack_recv),
	MEMBER(tcp_info, tcpi_pmtu),
	MEMBER(tcp_info, tcpi_rcv_ssthresh),
	MEMBER(tcp_info, tcpi_rtt),
	MEMBER(tcp_info, tcpi_rttvar),
	MEMBER(tcp_info, tcpi_snd_ssthresh),
	MEMBER(tcp_info, tcpi_snd_cwnd),
	MEMBER(tcp_info, tcpi_advmss),
	MEMBER(tcp_info, tcpi_reordering),
	MEMBER(tcp_info, tcpi_rcv_rtt),
	MEMBER(tcp_info, tcpi_rcv_space),
	MEMBER(tcp_info, tcpi_total_retrans),
	MEMBER(tcp_info, tcpi_pacing_rate),
	MEMBER(tcp_info, tcpi_max_pacing_rate),
	MEMBER(tcp_info, tcpi_bytes_acked),
	MEMBER(tcp_info, tcpi_bytes_received),
	MEMBER(tcp_info, tcpi_segs_out),
	MEMBER(tcp_info, tcpi_segs_in),
	MEMBER(tcp_info, tcpi_notsent_bytes),
	MEMBER(tcp_info, tcpi_min_rtt),
	MEMBER(tcp_info, tcpi_data_segs_in),
	MEMBER(tcp_info, tcpi_data_segs_out),
	MEMBER(tcp_info, tcpi_delivery_rate),
	MEMBER(tcp_info, tcpi_busy_time),
	MEMBER(tcp_info, tcpi_rwnd_limited),
	MEMBER(tcp_info, tcpi_sndbuf_limited),
	MEMBER(tcp_info, tcpi_delivered),
	MEMBER(tcp_info, tcpi_delivered_ce),
	MEMBER(tcp_info, tcpi_bytes_sent),
	MEMBER(tcp_info, tcpi_bytes_retrans),
	MEMBER(tcp_info, tcpi_dsack_dups),
	MEMBER(tcp_info, tcpi_reord_seen),
	MEMBER(tcp_info, tcpi_rcv_ooopack),
	MEMBER(tcp_info, tcpi_snd_wnd),
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 2, 0)
	MEMBER(tcp_info, tcpi_rcv_wnd),
	MEMBER(tcp_info, tcpi_rehash),
#endif
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 7, 0)
	MEMBER(tcp_info, tcpi_total_rto),
	MEMBER(tcp_info, tcpi_total_rto_recoveries),
	MEMBER(tcp_info, tcpi_total_rto_time),
#endif
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 18, 0)
	MEMBER(tcp_info, tcpi_received_ce),
	MEMBER(tcp_info, tcpi_delivered_e1_bytes),
	MEMBER(tcp_info, tcpi_delivered_e0_bytes),
	MEMBER(tcp_info, tcpi_delivered_ce_bytes),
	MEMBER(tcp_info, tcpi_received_e1_bytes),
	MEMBER(tcp_info, tcpi_received_e0_bytes),
	MEMBER(tcp_info, tcpi_received_ce_bytes),
#endif
	MEMBER(tcp_repair_window, snd_wl1),
	MEMBER(tcp_repair_window, snd_wnd),
	MEMBER(tcp_repair_window, max_window),
	MEMBER(tcp_repair_window, rcv_wnd),
	MEMBER(tcp_repair_window, rcv_wup),
	MEMBER(tcp_repair_opt, opt_code),
	MEMBER(tcp_repair_opt, opt_val),
	MEMBER(tcp_zerocopy_receive, address),
	MEMBER(tcp_zerocopy_receive, length),
	MEMBER(tcp_zerocopy_receive, recv_skip_hint),
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 12, 0)
	MEMBER(tcp_zerocopy_receive, inq),
	MEMBER(tcp_zerocopy_receive, err),
	MEMBER(tcp_zerocopy_receive, copybuf_address),
	MEMBER(tcp_zerocopy_receive, copybuf_len),
	MEMBER(tcp_zerocopy_receive, flags),
	MEMBER(tcp_zerocopy_receive, msg_control),
	MEMBER(tcp_zerocopy_receive, msg_controllen),
	MEMBER(tcp_zerocopy_receive, msg_flags),
	MEMBER(tcp_zerocopy_receive, reserved),
#endif
	MEMBER(tcp_md5sig, tcpm_addr),
	MEMBER(tcp_md5sig, tcpm_flags),
	MEMBER(tcp_md5sig, tcpm_prefixlen),
	MEMBER(tcp_md5sig, tcpm_keylen),
	MEMBER(tcp_md5sig, tcpm_ifindex),
	MEMBER(tcp_md5sig, tcpm_key),
	MEMBER(sock_extended_err, ee_errno),
	MEMBER(sock_extended_err, ee_origin),
	MEMBER(sock_extended_err, ee_type),
	MEMBER(sock_extended_err, ee_code),
	MEMBER(sock_extended_err, ee_info),
	MEMBER(sock_extended_err, ee_data),
	MEMBER(pollfd, fd),
	MEMBER(pollfd, revents),
	MEMBER(epoll_event, events),
	MEMBER(timeval, tv_usec),
	MEMBER(timespec, tv_nsec),
};

static void test_fields_lie_where_the_headers_say(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++) {
		const struct member *member = &members[i];
		const struct record_field *field = find(member->layout, member->field);

		if (field->offset != member->offset || field->size != member->size || field->bits)
			fail_msg("%s.%s is at %zu, size %zu", member->layout, member->field,
			         member->offset, member->size);
	}
	assert_int_equal(record_find("sock_extended_err")->size, sizeof(struct sock_extended_err));
	assert_int_equal(record_find("tcp_repair_window")->size, sizeof(struct tcp_repair_window));
	assert_int_equal(record_find("tcp_md5sig")->size, sizeof(struct tcp_md5sig));
	assert_int_equal(record_find("scm_timestamping")->size, sizeof(struct scm_timestamping));
	assert_true(record_find("tcp_info")->size >= sizeof(struct tcp_info));
}

static void test_bit_fields_are_those_of_the_compiler(void **state)
{
	struct tcp_info info;

	(void)state;
	memset(&info, 0, sizeof(info));
	info.tcpi_snd_wscale = 7;
	info.tcpi_rcv_wscale = 14;
	info.tcpi_delivery_rate_app_limited = 1;
	info.tcpi_fastopen_client_fail = 2;
	assert_int_equal(record_get(find("tcp_info", "tcpi_snd_wscale"), &info), 7);
	assert_int_equal(record_get(find("tcp_info", "tcpi_rcv_wscale"), &info), 14);
	assert_int_equal(record_get(find("tcp_info", "tcpi_delivery_rate_app_limited"), &info), 1);
	assert_int_equal(record_get(find("tcp_info", "tcpi_fastopen_client_fail"), &info), 2);

	record_put(find("tcp_info", "tcpi_snd_wscale"), &info, 9);
	record_put(find("tcp_info", "tcpi_fastopen_client_fail"), &info, 1);
	assert_int_equal(info.tcpi_snd_wscale, 9);
	assert_int_equal(info.tcpi_rcv_wscale, 14);
	assert_int_equal(info.tcpi_delivery_rate_app_limited, 1);
	assert_int_equal(info.tcpi_fastopen_client_fail, 1);
}

/* No installed header may have these yet: the same declaration, made here. */
static void test_newest_bit_fields(void **state)
{
	struct {
		uint32_t ecn_mode : 2, accecn_opt_seen : 2, accecn_fail_mode : 4, options2 : 24;
	} tail = { 2, 1, 9, 0xabcdef };
	unsigned char info[280] = { 0 };

	(void)state;
	memcpy(info + 276, &tail, sizeof(tail));
	assert_int_equal(record_get(find("tcp_info", "tcpi_ecn_mode"), info), 2);
	assert_int_equal(record_get(find("tcp_info", "tcpi_accecn_opt_seen"), info), 1);
	assert_int_equal(record_get(find("tcp_info", "tcpi_accecn_fail_mode"), info), 9);
	assert_int_equal(record_get(find("tcp_info", "tcpi_options2"), info), 0xabcdef);
}

static bool overlap(const struct record_field *a, const struct record_field *b)
{
	if (a->bits > 0 && b->bits > 0 && a->offset == b->offset)
		return a->shift < b->shift + b->bits && b->shift < a->shift + a->bits;
	return a->offset < b->offset + b->size && b->offset < a->offset + a->size;
}

static void check_layout(const struct record_layout *layout)
{
	bool is_union =
		!strcmp(layout->name, "epoll_event") || !strcmp(layout->name, "tcp_bbr_info");

	for (size_t i = 0; i < layout->count; i++) {
		const struct record_field *field = &layout->fields[i];

		assert_true(field->offset + field->size <= layout->size);
		assert_true(field->shift + field->bits <= 8 * field->size);
		assert_true(field->type == FIELD_BYTES || field->size == 1 || field->size == 2 ||
		            field->size == 4 || field->size == 8);
		for (size_t j = 0; j < i; j++) {
			const struct record_field *other = &layout->fields[j];

			assert_string_not_equal(field->name, other->name);
			if (overlap(field, other) && !is_union)
				fail_msg("%s and %s overlap", field->name, other->name);
		}
	}
}

static void test_layouts_are_sound(void **state)
{
	const struct record_layout *layout;

	(void)state;
	for (size_t i = 0; (layout = record_at(i)) != NULL; i++) {
		assert_ptr_equal(record_find(layout->name), layout);
		check_layout(layout);
	}
	assert_null(record_at(1000));
	assert_null(record_find("tcp_inf"));
}

static void test_fields_lead_to_their_layout(void **state)
{
	static const char *const rows[][2] = {
		{ "onoff", "linger" },
		{ "linger", "linger" },
		{ "tv_usec", "timeval" },
		{ "tcpi_rtt", "tcp_info" },
		{ "revents", "pollfd" },
		{ "u64", "epoll_event" },
		{ "rcv_wup", "tcp_repair_window" },
		{ "ee_code", "sock_extended_err" },
		{ "scm_nsec", "scm_timestamping" },
		{ "tv_nsec", "timespec" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_string_equal(record_of_field(rows[i][0])->name, rows[i][1]);
	assert_null(record_of_field("tcpi_nothing"));
	assert_null(record_field_find(record_find("linger"), "tv_sec"));
}

/* Does a value come back as it was put in? */
static bool fits(const struct record_field *field, int64_t value)
{
	unsigned char memory[280] = { 0 };

	record_put(field, memory, value);
	return record_get(field, memory) == value;
}

/* Every field of every layout keeps its extremes and leaves its neighbours alone. */
static void check_round_trip(const struct record_field *field)
{
	unsigned bits = field->bits > 0 ? field->bits : 8u * field->size;
	bool is_signed = field->type == FIELD_SIGNED || field->type == FIELD_DESCRIPTOR;
	int64_t last = is_signed || bits == 64 ? INT64_MAX >> (64 - bits)
	                                       : (int64_t)(UINT64_MAX >> (64 - bits));
	int64_t extremes[] = { 0, 1, last, is_signed ? -last - 1 : 0, is_signed ? -1 : 0 };
	unsigned char before[280], after[280];

	for (size_t i = 0; i < 5; i++)
		for (int fill = 0; fill <= 0xff; fill += 0x55) {
			memset(before, fill, sizeof(before));
			memcpy(after, before, sizeof(after));
			assert_true(fits(field, extremes[i]));
			record_put(field, after, extremes[i]);
			assert_true(record_get(field, after) == extremes[i]);
			memcpy(after + field->offset, before + field->offset,
			       field->bits > 0 ? 0 : field->size);
			if (field->bits > 0)
				record_put(field, after, record_get(field, before));
			assert_memory_equal(before, after, sizeof(after));
		}
	if (bits < 64) {
		assert_false(fits(field, last + 1));
		assert_false(fits(field, is_signed ? -last - 2 : -1));
	}
}

static void test_values_come_back(void **state)
{
	const struct record_layout *layout;

	(void)state;
	for (size_t i = 0; (layout = record_at(i)) != NULL; i++)
		for (size_t j = 0; j < layout->count; j++)
			if (layout->fields[j].type != FIELD_BYTES)
				check_round_trip(&layout->fields[j]);
}

static void test_network_order(void **state)
{
	static const struct record_field field = { "port", 1, 2, FIELD_NETWORK, 0, 0 };
	unsigned char memory[4] = { 0xaa, 0, 0, 0xbb };

	(void)state;
	record_put(&field, memory, 0x1f90);
	assert_memory_equal(memory, "\xaa\x1f\x90\xbb", 4);
	assert_int_equal(record_get(&field, memory), 0x1f90);
	assert_true(fits(&field, 0xffff));
	assert_false(fits(&field, 0x10000));
	assert_false(fits(&field, -1));
}

static void test_host_order_is_the_compilers(void **state)
{
	struct epoll_event event;
	struct pollfd poll_fd;
	struct linger linger = { 1, -5 };

	(void)state;
	memset(&event, 0, sizeof(event));
	record_put(find("epoll_event", "events"), &event, 0x80000001);
	record_put(find("epoll_event", "fd"), &event, -2);
	assert_true(event.events == (EPOLLIN | EPOLLET));
	assert_int_equal(event.data.fd, -2);
	record_put(find("epoll_event", "u64"), &event, 0x1122334455667788);
	assert_true(event.data.u64 == 0x1122334455667788);

	record_put(find("pollfd", "fd"), &poll_fd, 7);
	record_put(find("pollfd", "events"), &poll_fd, POLLIN | POLLRDHUP);
	record_put(find("pollfd", "revents"), &poll_fd, 0);
	assert_int_equal(poll_fd.fd, 7);
	assert_int_equal(poll_fd.events, POLLIN | POLLRDHUP);
	assert_int_equal(poll_fd.revents, 0);
	assert_int_equal(find("pollfd", "fd")->type, FIELD_DESCRIPTOR);

	assert_int_equal(record_get(find("linger", "onoff"), &linger), 1);
	assert_int_equal(record_get(find("linger", "linger"), &linger), -5);
}

static void test_bytes_are_the_callers(void **state)
{
	const struct record_field *key = find("tcp_md5sig", "tcpm_key");
	unsigned char memory[216] = { 0 }, before[216] = { 0 };

	(void)state;
	record_put(key, memory, -1);
	assert_memory_equal(memory, before, sizeof(memory));
	assert_int_equal(record_get(key, memory), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		/* clang-format off */
		cmocka_unit_test(test_fields_lie_where_the_headers_say),
		cmocka_unit_test(test_bit_fields_are_those_of_the_compiler),
		cmocka_unit_test(test_newest_bit_fields),
		cmocka_unit_test(test_layouts_are_sound),
		cmocka_unit_test(test_fields_lead_to_their_layout),
		cmocka_unit_test(test_values_come_back),
		cmocka_unit_test(test_network_order),
		cmocka_unit_test(test_host_order_is_the_compilers),
		cmocka_unit_test(test_bytes_are_the_callers),
		/* clang-format on */
	};

	return cmocka_run_group_tests_name("records", tests, NULL, NULL);
}
