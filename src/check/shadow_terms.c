#include "check/shadow_terms.h"

#include <linux/sockios.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "base/setting.h"
#include "program/rights.h"
#include "program/symbols.h"
#include "program/syscalls.h"

/* ---- the whole program ---- */

enum term {
	TERM_LIMITS,       /* challenge ACKs are limited otherwise */
	TERM_SOCKET_LIMIT, /* those of one connection are: 0 is not at all */
	TERM_LOW_WATER,    /* a reader is not to be woken by the first byte */
	TERM_ROOM,         /* a writer may have to wait early */
	TERM_GIVE_UP,      /* connections may end early */
	TERM_TIME_WAIT,    /* there may be no TIME-WAIT */
	TERM_REUSE,        /* an active open may take it over */
	TERM_FIN_WAIT,     /* FIN-WAIT-2 may be short */
	TERM_CORK,         /* text may wait */
	TERM_KEEPALIVE,    /* there are probes, and connections may end early */
	TERM_KEEP_IDLE,    /* ... after so many seconds */
	TERM_KEEP_INTERVAL,
	TERM_KEEP_COUNT,
	TERM_USER_TIMEOUT, /* connections may end after so many milliseconds */
	TERM_COOKIES,      /* SYNs may be answered without keeping anything */
	TERM_LINEAR,       /* timeouts are not doubled */
	TERM_RFC1337,      /* a RST is ignored in TIME-WAIT */
	TERM_URGENT,       /* the urgent pointer points elsewhere */
	TERM_SERVICE,      /* a type of service is set */
	TERM_LINGER2,      /* FIN-WAIT-2 may not be at all */
	TERM_MARKS,        /* ECN may be used */
	TERM_DEFER,        /* the last ACK of a handshake may be dropped */
	TERM_ERRORS,       /* ICMP errors are told at once */
	TERM_ZERO_COPY,    /* POLLERR tells of a queue */
};

static const struct {
	const char *name; /* of a sysctl: the part behind the last dot; or of an option */
	enum term term;
} terms_by_name[] = {
	/* clang-format off */
	{ "tcp_challenge_ack_limit",   TERM_LIMITS },
	{ "tcp_invalid_ratelimit",     TERM_SOCKET_LIMIT },
	{ "tcp_fin_timeout",           TERM_FIN_WAIT },
	{ "tcp_keepalive_intvl",       TERM_GIVE_UP },
	{ "tcp_keepalive_probes",      TERM_GIVE_UP },
	{ "tcp_keepalive_time",        TERM_GIVE_UP },
	{ "tcp_max_orphans",           TERM_GIVE_UP },
	{ "tcp_max_tw_buckets",        TERM_TIME_WAIT },
	{ "tcp_orphan_retries",        TERM_GIVE_UP },
	{ "tcp_retries1",              TERM_GIVE_UP },
	{ "tcp_retries2",              TERM_GIVE_UP },
	{ "tcp_syn_retries",           TERM_GIVE_UP },
	{ "tcp_synack_retries",        TERM_GIVE_UP },
	{ "tcp_tw_reuse",              TERM_REUSE },
	{ "SO_RCVLOWAT",               TERM_LOW_WATER },
	{ "SO_SNDBUF",                 TERM_ROOM },
	{ "SO_SNDBUFFORCE",            TERM_ROOM },
	{ "TCP_NOTSENT_LOWAT",         TERM_ROOM },
	{ "tcp_notsent_lowat",         TERM_ROOM },
	{ "tcp_wmem",                  TERM_ROOM },
	{ "tcp_syncookies",            TERM_COOKIES },
	{ "tcp_rfc1337",               TERM_RFC1337 },
	{ "SO_KEEPALIVE",              TERM_KEEPALIVE },
	{ "SO_MAX_PACING_RATE",        TERM_CORK },
	{ "TCP_CORK",                  TERM_CORK },
	{ "TCP_TX_DELAY",              TERM_CORK },
	{ "TCP_LINGER2",               TERM_LINGER2 },
	{ "tcp_ecn",                   TERM_MARKS },
	{ "tcp_congestion_control",    TERM_MARKS },
	{ "TCP_CONGESTION",            TERM_MARKS },
	{ "TCP_DEFER_ACCEPT",          TERM_DEFER },
	{ "somaxconn",                 TERM_DEFER },
	{ "tcp_abort_on_overflow",     TERM_DEFER },
	{ "tcp_mem",                   TERM_DEFER },
	{ "tcp_migrate_req",           TERM_DEFER },
	{ "IP_RECVERR",                TERM_ERRORS },
	{ "IPV6_RECVERR",              TERM_ERRORS },
	{ "SO_ZEROCOPY",               TERM_ZERO_COPY },
	{ "SO_TIMESTAMPING",           TERM_ZERO_COPY },
	{ "SO_TXTIME",                 TERM_ZERO_COPY },
	{ "tcp_stdurg",                TERM_URGENT },
	{ "IP_TOS",                    TERM_SERVICE },
	{ "IPV6_TCLASS",               TERM_SERVICE },
	{ "TCP_SYNCNT",                TERM_GIVE_UP },
	{ "TCP_USER_TIMEOUT",          TERM_USER_TIMEOUT },
	{ "TCP_KEEPIDLE",              TERM_KEEP_IDLE },
	{ "TCP_KEEPINTVL",             TERM_KEEP_INTERVAL },
	{ "TCP_KEEPCNT",               TERM_KEEP_COUNT },
	{ "TCP_THIN_LINEAR_TIMEOUTS",  TERM_LINEAR },
	{ "tcp_thin_linear_timeouts",  TERM_LINEAR },
	/* clang-format on */
};

/* After so long a silence keepalive ends a connection; what was not set is as by default. */
static void apply_keep_alive(struct model_circumstances *terms)
{
	enum { IDLE = 7200, INTERVAL = 75, COUNT = 9 }; /* tcp(7) */
	usec_t idle = terms->keep_idle ? terms->keep_idle : IDLE;
	usec_t interval = terms->keep_interval ? terms->keep_interval : INTERVAL;
	usec_t count = terms->keep_count ? terms->keep_count : COUNT;

	if (terms->kept_alive)
		terms->keep_alive = (idle + interval * count) * USEC_PER_SEC;
}

static void apply_times(enum term term, int number, usec_t at, struct model_circumstances *terms)
{
	if (term == TERM_USER_TIMEOUT) {
		terms->may_give_up |= number > 0;
		terms->user_timeout = number * (usec_t)USEC_PER_MSEC;
		terms->user_set = at;
		return;
	}
	if (term == TERM_KEEPALIVE) {
		terms->kept_alive = number != 0;
		terms->may_give_up |= number != 0;
		terms->keep_alive = 0;
	}
	if (term == TERM_KEEP_IDLE)
		terms->keep_idle = number;
	if (term == TERM_KEEP_INTERVAL)
		terms->keep_interval = number;
	if (term == TERM_KEEP_COUNT)
		terms->keep_count = number;
	terms->kept_since = at;
	apply_keep_alive(terms);
}

static void apply_fin_wait(enum term term, int number, struct model_circumstances *terms)
{
	enum { LONGEST = 120 }; /* seconds; above it TCP_LINGER2 is not taken */

	if (term == TERM_LINGER2 && number < 0)
		terms->linger2 = true;
	else if (number > 0 && number <= LONGEST)
		terms->fin_timeout = number * (usec_t)USEC_PER_SEC;
	else
		terms->fin_timeout_unknown = true;
}

/* `value`: what is set, where that is known. */
static void apply(enum term term, const char *value, usec_t at, struct model_circumstances *terms)
{
	int number = value ? atoi(value) : 0;

	switch (term) {
	case TERM_SOCKET_LIMIT:
		if (value && number == 0)
			terms->limits_off = true;
		else
			terms->limits_changed = true;
		break;
	case TERM_LOW_WATER:
		terms->low_water = true;
		break;
	case TERM_ROOM:
		terms->little_room = true;
		break;
	case TERM_LIMITS:
		terms->limits_changed = true;
		break;
	case TERM_GIVE_UP:
		terms->may_give_up = terms->gives_up_any = true;
		break;
	case TERM_TIME_WAIT:
		terms->few_time_waits = true;
		break;
	case TERM_REUSE:
		terms->may_reuse = true;
		break;
	case TERM_MARKS:
		terms->marks |= !value || !!strcmp(value, "reno");
		break;
	case TERM_DEFER:
		terms->defers = true;
		break;
	case TERM_ERRORS:
		terms->errors_told = terms->errors_queued = true;
		break;
	case TERM_ZERO_COPY:
		terms->errors_queued = true;
		break;
	case TERM_CORK:
		terms->corked = true;
		break;
	case TERM_LINEAR:
		terms->linear = true;
		break;
	case TERM_COOKIES:
		terms->cookies = !value || number == 2;
		break;
	case TERM_URGENT:
		terms->calls_known &= value && number == 0;
		break;
	case TERM_SERVICE:
		terms->service_set = value != NULL;
		terms->service = (uint8_t)number;
		terms->service_at = at;
		break;
	case TERM_RFC1337:
		terms->rfc1337 = !value || number != 0;
		break;
	case TERM_KEEPALIVE:
	case TERM_KEEP_IDLE:
	case TERM_KEEP_INTERVAL:
	case TERM_KEEP_COUNT:
	case TERM_USER_TIMEOUT:
		if (value)
			apply_times(term, number, at, terms);
		else
			terms->may_give_up = terms->gives_up_any = terms->kept_alive = true;
		break;
	case TERM_LINGER2:
	case TERM_FIN_WAIT:
		if (value)
			apply_fin_wait(term, number, terms);
		else
			terms->fin_timeout_unknown = terms->linger2 = true;
		break;
	}
}

static void apply_name(const char *name, const char *value, usec_t at,
                       struct model_circumstances *terms)
{
	for (size_t i = 0; i < sizeof(terms_by_name) / sizeof(terms_by_name[0]); i++)
		if (name && !strcmp(name, terms_by_name[i].name))
			apply(terms_by_name[i].term, value, at, terms);
}

static const char *last_part(const char *name)
{
	const char *dot = strrchr(name, '.'), *slash = strrchr(name, '/');
	const char *last = !dot || (slash && slash > dot) ? slash : dot;

	return last ? last + 1 : name;
}

/*
 * Calls that hand descriptors or text around where nobody sees it: dup2() closes, a ring closes
 * when it likes, splice() sends, sendmsg() passes descriptors on. sendmmsg() tells messages, not
 * bytes.
 */
static bool is_hidden(const struct call_want *want)
{
	const struct value *message = call_argument_of(want, ARG_MESSAGE_IN);

	/* What is closed then may be open in another table. */
	if (!strcmp(want->row->name, "unshare"))
		return true;
	if ((message && rights_of_message(message)) || call_argument_of(want, ARG_MESSAGES_IN) ||
	    call_argument_of(want, ARG_MESSAGES_OUT))
		return true;
	return call_argument_of(want, ARG_NEW_FD) || call_argument_of(want, ARG_REQUESTS) ||
	       call_argument_of(want, ARG_FIRST_FD) || call_argument_of(want, ARG_OFFSET);
}

static bool hides_calls(const struct step *step)
{
	switch (step->kind) {
	case STEP_PROCESS:
	case STEP_CODE:
		return true;
	case STEP_CALL:
		return step->call->process != 0 || is_hidden(step->call);
	case STEP_INJECT:
	case STEP_EXPECT:
	case STEP_COMMAND:
	case STEP_OBSERVE:
	case STEP_LINK:
	case STEP_KINDS:
		break;
	}
	return false;
}

/* A command may have set any sysctl. */
static void apply_all(struct model_circumstances *terms)
{
	for (enum term term = TERM_LIMITS; term <= TERM_ZERO_COPY; term++)
		apply(term, NULL, 0, terms);
}

void terms_of_program(const struct program *program, struct model_circumstances *terms)
{
	terms->rfc5961 = !settings_have_stack(
		&program->settings); /* Linux says that it follows it; another stack need not */
	terms->calls_known = !program->has_processes && !program->has_code;
	for (const struct setting *sysctl = program->sysctls; sysctl; sysctl = sysctl->next)
		apply_name(last_part(sysctl->name), sysctl->value, 0, terms);
	if (program->init_command)
		apply_all(terms);
	for (size_t i = 0; i < program->count; i++) {
		const struct step *step = &program->steps[i];

		if (hides_calls(step))
			terms->calls_known = false;
		if (step->kind == STEP_COMMAND)
			apply_all(terms);
	}
}

/* ---- setsockopt ---- */

static bool is_setsockopt(const struct call_want *want)
{
	return !strcmp(want->row->name, "setsockopt") && want->count >= 4;
}

static const char *option_of(const struct call_want *want)
{
	return symbol_option_name(want->arguments[1].number, want->arguments[2].number);
}

void terms_of_option(const struct call_want *want, usec_t at, struct model_circumstances *terms)
{
	const struct value *value = is_setsockopt(want) ? &want->arguments[3] : NULL;
	bool known = value && value->kind == VALUE_LIST && value->count == 1;
	char number[16];

	if (!value)
		return;
	snprintf(number, sizeof(number), "%d", known ? (int)value->items[0].number : 0);
	apply_name(option_of(want), known ? number : NULL, at, terms);
}

static int64_t member(const struct value *record, const char *name)
{
	for (uint32_t i = 0; record->kind == VALUE_RECORD && i < record->count; i++)
		if (record->items[i].field && !strcmp(record->items[i].field->name, name))
			return record->items[i].number;
	return 0;
}

bool terms_of_linger(const struct call_want *want, bool *aborts)
{
	const struct value *value;

	if (!is_setsockopt(want) || want->arguments[1].number != SOL_SOCKET ||
	    want->arguments[2].number != SO_LINGER)
		return false;
	value = &want->arguments[3];
	*aborts = member(value, "onoff") != 0 && member(value, "linger") == 0;
	return true;
}

bool terms_of_urgent(const struct call_want *want, bool *in_line)
{
	if (!is_setsockopt(want) || want->arguments[1].number != SOL_SOCKET ||
	    want->arguments[2].number != SO_OOBINLINE)
		return false;
	*in_line = want->arguments[3].kind == VALUE_LIST && want->arguments[3].items[0].number;
	return true;
}

bool terms_are_strange(const struct call_want *want)
{
	static const char *const names[] = {
		"TCP_REPAIR", "TCP_REPAIR_QUEUE", "TCP_QUEUE_SEQ", "TCP_ULP",
		"TCP_MD5SIG", "SO_ATTACH_FILTER", "IP_MINTTL",     "IPV6_MINHOPCOUNT",
	};
	const char *option = is_setsockopt(want) ? option_of(want) : NULL;

	for (size_t i = 0; option && i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(option, names[i]))
			return true;
	return false;
}

/* ---- calls ---- */

static bool has_any(const struct call_want *want, const enum argument_kind kinds[3])
{
	for (size_t i = 0; i < 3; i++)
		if (call_argument_of(want, kinds[i]))
			return true;
	return false;
}

/* A call that hands text to the kernel, or room for it, sends or receives. */
static bool of_stream(const struct call_want *want, struct call *call)
{
	static const enum argument_kind in[] = { ARG_BUFFER_IN, ARG_IOVEC_IN, ARG_MESSAGE_IN };
	static const enum argument_kind out[] = { ARG_BUFFER_OUT, ARG_IOVEC_OUT, ARG_MESSAGE_OUT };
	enum { BESIDE = MSG_ERRQUEUE | MSG_TRUNC };
	const struct value *size = call_argument_of(want, ARG_SIZE);
	const struct value *flags = call_argument_of(want, ARG_FLAGS);
	int64_t flag = flags ? flags->number : 0;
	bool sends = has_any(want, in);

	if (!sends && !has_any(want, out))
		return false;
	call->kind = sends ? CALL_SEND : CALL_RECEIVE;
	call->asked = size ? size->number : CALL_ASKED_UNKNOWN;
	call->keeps = (flag & MSG_PEEK) != 0;
	call->urgent = sends && flag & MSG_OOB;
	if (!sends && flag & MSG_OOB)
		call->kind = CALL_URGENT;
	call->aside = (flag & BESIDE) != 0 || (sends && call_argument_of(want, ARG_ADDRESS_IN));
	return true;
}

static bool of_shutdown(const struct call_want *want, struct call *call)
{
	static const enum call_kind kinds[] = {
		[SHUT_RD] = CALL_SHUT_READ,
		[SHUT_WR] = CALL_SHUT_WRITE,
		[SHUT_RDWR] = CALL_SHUT_BOTH,
	};
	int64_t how = want->count > 1 ? want->arguments[1].number : 0;

	if (strcmp(want->row->name, "shutdown") || how < SHUT_RD || how > SHUT_RDWR)
		return false;
	call->kind = kinds[how];
	return true;
}

static bool of_error(const struct call_want *want, struct call *call)
{
	const struct value *room = call_argument_of(want, ARG_OPTION_ROOM);

	if (!call_argument_of(want, ARG_OPTION_OUT) || !room || room->kind != VALUE_LIST ||
	    room->items[0].number != sizeof(int) || want->arguments[1].number != SOL_SOCKET ||
	    want->arguments[2].number != SO_ERROR)
		return false;
	call->kind = CALL_ERROR;
	return true;
}

static bool of_ioctl(const struct call_want *want, struct call *call)
{
	const struct value *request = call_argument_of(want, ARG_REQUEST);

	if (!request || !call_argument_of(want, ARG_INT_REF) ||
	    (request->number != SIOCATMARK && request->number != SIOCINQ))
		return false;
	call->kind = request->number == SIOCINQ ? CALL_QUEUED : CALL_AT_MARK;
	call->asked = 1;
	return true;
}

bool terms_of_call(const struct call_want *want, struct call *call)
{
	memset(call, 0, sizeof(*call));
	if (want->row->effect == EFFECT_CLOSE) {
		call->kind = CALL_CLOSE;
		return true;
	}
	/* connect(2) with AF_UNSPEC has a number in the place of the address. */
	if (want->row->effect == EFFECT_CONNECT && want->arguments[1].kind == VALUE_NUMBER) {
		call->kind = CALL_ABORT;
		return true;
	}
	if (want->row->effect == EFFECT_CONNECT) {
		call->kind = CALL_CONNECT;
		return true;
	}
	return of_error(want, call) || of_ioctl(want, call) || of_shutdown(want, call) ||
	       of_stream(want, call);
}
