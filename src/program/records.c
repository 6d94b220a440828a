#include "program/records.h"

#include <poll.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>

#define BIG_ENDIAN_HOST (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)

/* The compiler places bit fields beginning at the end of the integer that has its first byte. */
#if BIG_ENDIAN_HOST
#define BIT_SHIFT(size, shift, bits) (8 * (size) - (shift) - (bits))
#else
#define BIT_SHIFT(size, shift, bits) (shift)
#endif

/*
 * Rows of the kernel's structures, by offset. `shift`: how many bits were declared before in the
 * same integer.
 */
#define U8(name, offset)                              \
	{                                             \
		name, offset, 1, FIELD_UNSIGNED, 0, 0 \
	}
#define U16(name, offset)                             \
	{                                             \
		name, offset, 2, FIELD_UNSIGNED, 0, 0 \
	}
#define U32(name, offset)                             \
	{                                             \
		name, offset, 4, FIELD_UNSIGNED, 0, 0 \
	}
#define U64(name, offset)                             \
	{                                             \
		name, offset, 8, FIELD_UNSIGNED, 0, 0 \
	}
#define S32(name, offset)                           \
	{                                           \
		name, offset, 4, FIELD_SIGNED, 0, 0 \
	}
#define BITS(name, offset, size, shift, bits)                                          \
	{                                                                              \
		name, offset, size, FIELD_UNSIGNED, BIT_SHIFT(size, shift, bits), bits \
	}
#define BYTES(name, offset, size)                     \
	{                                             \
		name, offset, size, FIELD_BYTES, 0, 0 \
	}

/* A row of a structure that every libc has, but whose layout differs between machines. */
#define MEMBER(name, type, member, kind)                                              \
	{                                                                             \
		name, offsetof(type, member), sizeof(((type *)0)->member), kind, 0, 0 \
	}

static const struct record_field linger_fields[] = {
	MEMBER("onoff", struct linger, l_onoff, FIELD_SIGNED),
	MEMBER("linger", struct linger, l_linger, FIELD_SIGNED),
};

static const struct record_field timeval_fields[] = {
	MEMBER("tv_sec", struct timeval, tv_sec, FIELD_SIGNED),
	MEMBER("tv_usec", struct timeval, tv_usec, FIELD_SIGNED),
};

static const struct record_field timespec_fields[] = {
	MEMBER("tv_sec", struct timespec, tv_sec, FIELD_SIGNED),
	MEMBER("tv_nsec", struct timespec, tv_nsec, FIELD_SIGNED),
};

/*
 * As in Linux 7.0. In Linux 6.18, tcpi_accecn_fail_mode and tcpi_accecn_opt_seen were two 16-bit
 * numbers in the place of the four bit fields at the end.
 */
static const struct record_field tcp_info_fields[] = {
	U8("tcpi_state", 0),
	U8("tcpi_ca_state", 1),
	U8("tcpi_retransmits", 2),
	U8("tcpi_probes", 3),
	U8("tcpi_backoff", 4),
	U8("tcpi_options", 5),
	BITS("tcpi_snd_wscale", 6, 1, 0, 4),
	BITS("tcpi_rcv_wscale", 6, 1, 4, 4),
	BITS("tcpi_delivery_rate_app_limited", 7, 1, 0, 1),
	BITS("tcpi_fastopen_client_fail", 7, 1, 1, 2),
	U32("tcpi_rto", 8),
	U32("tcpi_ato", 12),
	U32("tcpi_snd_mss", 16),
	U32("tcpi_rcv_mss", 20),
	U32("tcpi_unacked", 24),
	U32("tcpi_sacked", 28),
	U32("tcpi_lost", 32),
	U32("tcpi_retrans", 36),
	U32("tcpi_fackets", 40),
	U32("tcpi_last_data_sent", 44),
	U32("tcpi_last_ack_sent", 48),
	U32("tcpi_last_data_recv", 52),
	U32("tcpi_last_ack_recv", 56),
	U32("tcpi_pmtu", 60),
	U32("tcpi_rcv_ssthresh", 64),
	U32("tcpi_rtt", 68),
	U32("tcpi_rttvar", 72),
	U32("tcpi_snd_ssthresh", 76),
	U32("tcpi_snd_cwnd", 80),
	U32("tcpi_advmss", 84),
	U32("tcpi_reordering", 88),
	U32("tcpi_rcv_rtt", 92),
	U32("tcpi_rcv_space", 96),
	U32("tcpi_total_retrans", 100),
	U64("tcpi_pacing_rate", 104),
	U64("tcpi_max_pacing_rate", 112),
	U64("tcpi_bytes_acked", 120),
	U64("tcpi_bytes_received", 128),
	U32("tcpi_segs_out", 136),
	U32("tcpi_segs_in", 140),
	U32("tcpi_notsent_bytes", 144),
	U32("tcpi_min_rtt", 148),
	U32("tcpi_data_segs_in", 152),
	U32("tcpi_data_segs_out", 156),
	U64("tcpi_delivery_rate", 160),
	U64("tcpi_busy_time", 168),
	U64("tcpi_rwnd_limited", 176),
	U64("tcpi_sndbuf_limited", 184),
	U32("tcpi_delivered", 192),
	U32("tcpi_delivered_ce", 196),
	U64("tcpi_bytes_sent", 200),
	U64("tcpi_bytes_retrans", 208),
	U32("tcpi_dsack_dups", 216),
	U32("tcpi_reord_seen", 220),
	U32("tcpi_rcv_ooopack", 224),
	U32("tcpi_snd_wnd", 228),
	U32("tcpi_rcv_wnd", 232),
	U32("tcpi_rehash", 236),
	U16("tcpi_total_rto", 240),
	U16("tcpi_total_rto_recoveries", 242),
	U32("tcpi_total_rto_time", 244),
	U32("tcpi_received_ce", 248),
	U32("tcpi_delivered_e1_bytes", 252),
	U32("tcpi_delivered_e0_bytes", 256),
	U32("tcpi_delivered_ce_bytes", 260),
	U32("tcpi_received_e1_bytes", 264),
	U32("tcpi_received_e0_bytes", 268),
	U32("tcpi_received_ce_bytes", 272),
	BITS("tcpi_ecn_mode", 276, 4, 0, 2),
	BITS("tcpi_accecn_opt_seen", 276, 4, 2, 2),
	BITS("tcpi_accecn_fail_mode", 276, 4, 4, 4),
	BITS("tcpi_options2", 276, 4, 8, 24),
};

static const struct record_field tcp_repair_window_fields[] = {
	/* clang-format off */
	U32("snd_wl1", 0),
	U32("snd_wnd", 4),
	U32("max_window", 8),
	U32("rcv_wnd", 12),
	U32("rcv_wup", 16),
	/* clang-format on */
};

static const struct record_field tcp_repair_opt_fields[] = {
	U32("opt_code", 0),
	U32("opt_val", 4),
};

static const struct record_field tcp_zerocopy_receive_fields[] = {
	U64("address", 0),
	U32("length", 8),
	U32("recv_skip_hint", 12),
	U32("inq", 16),
	S32("err", 20),
	U64("copybuf_address", 24),
	S32("copybuf_len", 32),
	U32("flags", 36),
	U64("msg_control", 40),
	U64("msg_controllen", 48),
	U32("msg_flags", 56),
	U32("reserved", 60),
};

static const struct record_field tcp_md5sig_fields[] = {
	/* clang-format off */
	BYTES("tcpm_addr", 0, 128),
	U8("tcpm_flags", 128),
	U8("tcpm_prefixlen", 129),
	U16("tcpm_keylen", 130),
	S32("tcpm_ifindex", 132),
	BYTES("tcpm_key", 136, 80),
	/* clang-format on */
};

static const struct record_field tcpvegas_info_fields[] = {
	U32("tcpv_enabled", 0),
	U32("tcpv_rttcnt", 4),
	U32("tcpv_rtt", 8),
	U32("tcpv_minrtt", 12),
};

static const struct record_field tcp_dctcp_info_fields[] = {
	/* clang-format off */
	U16("dctcp_enabled", 0),
	U16("dctcp_ce_state", 2),
	U32("dctcp_alpha", 4),
	U32("dctcp_ab_ecn", 8),
	U32("dctcp_ab_tot", 12),
	/* clang-format on */
};

static const struct record_field tcp_bbr_info_fields[] = {
	/* clang-format off */
	U32("bbr_bw_lo", 0),
	U32("bbr_bw_hi", 4),
#if !BIG_ENDIAN_HOST
	U64("bbr_bw", 0),               /* both halves */
#endif
	U32("bbr_min_rtt", 8),
	U32("bbr_pacing_gain", 12),
	U32("bbr_cwnd_gain", 16),
	/* clang-format on */
};

/* SO_MEMINFO gives an array; its indexes have these names. */
static const struct record_field meminfo_fields[] = {
	/* clang-format off */
	U32("SK_MEMINFO_RMEM_ALLOC", 0),
	U32("SK_MEMINFO_RCVBUF", 4),
	U32("SK_MEMINFO_WMEM_ALLOC", 8),
	U32("SK_MEMINFO_SNDBUF", 12),
	U32("SK_MEMINFO_FWD_ALLOC", 16),
	U32("SK_MEMINFO_WMEM_QUEUED", 20),
	U32("SK_MEMINFO_OPTMEM", 24),
	U32("SK_MEMINFO_BACKLOG", 28),
	U32("SK_MEMINFO_DROPS", 32),
	/* clang-format on */
};

static const struct record_field pollfd_fields[] = {
	MEMBER("fd", struct pollfd, fd, FIELD_DESCRIPTOR),
	MEMBER("events", struct pollfd, events, FIELD_UNSIGNED),
	MEMBER("revents", struct pollfd, revents, FIELD_UNSIGNED),
};

static const struct record_field fd_set_fields[] = {
	MEMBER("fd", struct fd_set_member, fd, FIELD_DESCRIPTOR),
	MEMBER("isset", struct fd_set_member, isset, FIELD_UNSIGNED),
};

static const struct record_field io_uring_sqe_fields[] = {
	MEMBER("opcode", struct ring_request, opcode, FIELD_UNSIGNED),
	MEMBER("flags", struct ring_request, flags, FIELD_UNSIGNED),
	MEMBER("ioprio", struct ring_request, ioprio, FIELD_UNSIGNED),
	MEMBER("fd", struct ring_request, fd, FIELD_DESCRIPTOR),
	MEMBER("off", struct ring_request, off, FIELD_UNSIGNED),
	MEMBER("addr", struct ring_request, addr, FIELD_UNSIGNED),
	MEMBER("len", struct ring_request, len, FIELD_UNSIGNED),
	MEMBER("op_flags", struct ring_request, op_flags, FIELD_UNSIGNED),
	MEMBER("user_data", struct ring_request, user_data, FIELD_UNSIGNED),
};

static const struct record_field io_uring_cqe_fields[] = {
	MEMBER("user_data", struct ring_completion_words, live.user_data, FIELD_UNSIGNED),
	MEMBER("res", struct ring_completion_words, live.res, FIELD_SIGNED),
	MEMBER("cqe_flags", struct ring_completion_words, live.flags, FIELD_UNSIGNED),
	MEMBER("fd", struct ring_completion_words, fd, FIELD_SIGNED),
	MEMBER("error", struct ring_completion_words, error, FIELD_SIGNED),
};

static const struct record_field epoll_event_fields[] = {
	MEMBER("events", struct epoll_event, events, FIELD_UNSIGNED),
	/* The kernel returns it as it was given, so it is the number of the script. */
	MEMBER("fd", struct epoll_event, data.fd, FIELD_SIGNED),
	MEMBER("ptr", struct epoll_event, data.ptr, FIELD_UNSIGNED),
	MEMBER("u32", struct epoll_event, data.u32, FIELD_UNSIGNED),
	MEMBER("u64", struct epoll_event, data.u64, FIELD_UNSIGNED),
};

static const struct record_field sock_extended_err_fields[] = {
	/* clang-format off */
	U32("ee_errno", 0),
	U8("ee_origin", 4),
	U8("ee_type", 5),
	U8("ee_code", 6),
	U32("ee_info", 8),
	U32("ee_data", 12),
	/* clang-format on */
};

/* The kernel returns three timespecs. A script names the first one, because TCP uses no other. */
static const struct record_field scm_timestamping_fields[] = {
	MEMBER("scm_sec", struct timespec, tv_sec, FIELD_SIGNED),
	MEMBER("scm_nsec", struct timespec, tv_nsec, FIELD_SIGNED),
};

#define COUNT(rows) (sizeof(rows) / sizeof(*(rows)))
#define LAYOUT_OF(name, size, prefix)                                    \
	{                                                                \
#name, size, name##_fields, COUNT(name##_fields), prefix \
	}
#define LAYOUT(name, size) LAYOUT_OF(name, size, NULL)

/* Structures of socket options come first: record_of_field() takes the first one that fits. */
static const struct record_layout layouts[] = {
	LAYOUT_OF(linger, sizeof(struct linger), "l_"),
	LAYOUT(timeval, sizeof(struct timeval)),
	LAYOUT(tcp_info, 280),
	LAYOUT(tcp_repair_window, 20),
	LAYOUT(tcp_repair_opt, 8),
	LAYOUT(tcp_zerocopy_receive, 64),
	LAYOUT(tcp_md5sig, 216),
	LAYOUT(tcpvegas_info, 16),
	LAYOUT(tcp_dctcp_info, 16),
	LAYOUT(tcp_bbr_info, 20),
	LAYOUT(meminfo, 36),
	LAYOUT(pollfd, sizeof(struct pollfd)),
	LAYOUT(fd_set, sizeof(struct fd_set_member)),
	/* Both have user_data and fd, but a request always has an opcode. */
	LAYOUT(io_uring_cqe, sizeof(struct ring_completion_words)),
	LAYOUT(io_uring_sqe, sizeof(struct ring_request)),
	LAYOUT(epoll_event, sizeof(struct epoll_event)),
	LAYOUT(sock_extended_err, 16),
	LAYOUT(scm_timestamping, 3 * sizeof(struct timespec)),
	LAYOUT(timespec, sizeof(struct timespec)),
};

const struct record_layout *record_find(const char *name)
{
	for (size_t i = 0; i < COUNT(layouts); i++)
		if (!strcmp(layouts[i].name, name))
			return &layouts[i];
	return NULL;
}

const struct record_layout *record_of_field(const char *field_name)
{
	for (size_t i = 0; i < COUNT(layouts); i++)
		if (record_field_find(&layouts[i], field_name) != NULL)
			return &layouts[i];
	return NULL;
}

const struct record_layout *record_at(size_t index)
{
	return index < COUNT(layouts) ? &layouts[index] : NULL;
}

const struct record_field *record_field_find(const struct record_layout *layout, const char *name)
{
	size_t skipped = layout->prefix ? strlen(layout->prefix) : 0;

	if (skipped && !strncmp(name, layout->prefix, skipped))
		name += skipped;
	for (size_t i = 0; i < layout->count; i++)
		if (!strcmp(layout->fields[i].name, name))
			return &layout->fields[i];
	return NULL;
}

static unsigned field_bits(const struct record_field *field)
{
	return field->bits > 0 ? field->bits : 8u * field->size;
}

static uint64_t field_mask(const struct record_field *field)
{
	return UINT64_MAX >> (64 - field_bits(field));
}

static bool field_is_signed(const struct record_field *field)
{
	return field->type == FIELD_SIGNED || field->type == FIELD_DESCRIPTOR;
}

static bool most_significant_first(const struct record_field *field)
{
	return BIG_ENDIAN_HOST || field->type == FIELD_NETWORK;
}

static uint64_t load(const struct record_field *field, const void *memory)
{
	const uint8_t *bytes = (const uint8_t *)memory + field->offset;
	uint64_t whole = 0;

	for (unsigned i = 0; i < field->size; i++)
		whole = whole << 8 | bytes[most_significant_first(field) ? i : field->size - 1 - i];
	return whole;
}

static void store(const struct record_field *field, void *memory, uint64_t whole)
{
	uint8_t *bytes = (uint8_t *)memory + field->offset;

	for (unsigned i = 0; i < field->size; i++, whole >>= 8)
		bytes[most_significant_first(field) ? field->size - 1 - i : i] = (uint8_t)whole;
}

/* The value of the lower bits of `raw`, with the sign of the field's type. */
static int64_t from_bits(const struct record_field *field, uint64_t raw)
{
	uint64_t sign = (uint64_t)1 << (field_bits(field) - 1);

	raw &= field_mask(field);
	if (field_is_signed(field))
		raw = (raw ^ sign) - sign;
	return (int64_t)raw;
}

void record_put(const struct record_field *field, void *memory, int64_t value)
{
	uint64_t mask;

	if (field->type == FIELD_BYTES)
		return;
	mask = field_mask(field) << field->shift;
	store(field, memory,
	      (load(field, memory) & ~mask) | ((uint64_t)value << field->shift & mask));
}

int64_t record_get(const struct record_field *field, const void *memory)
{
	if (field->type == FIELD_BYTES)
		return 0;
	return from_bits(field, load(field, memory) >> field->shift);
}
