/*
 * Tests a host on the running kernel. Each test is a child with a world of its own, as in a real
 * run. Where the machine does not allow a world, all tests are skipped and the reason is printed.
 */
#include <dirent.h>
#include <errno.h>
#include <grp.h>
#include <netinet/tcp.h>
#include <pcap/pcap.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "kernel/capture.h"
#include "kernel/host_kernel.h"
#include "kernel/inject.h"

enum {
	SKIPPED = 77,
	SERVER_PORT = 8080,
	CLIENT_PORT = 40000,
	SECOND = USEC_PER_SEC,
	PATIENCE = 20000
};

/* ---- a child and its world ---- */

#define CHECK(condition) check(condition, #condition, __LINE__)

static struct host *host; /* that of the child */
static struct host_config config;

static void check(bool good, const char *text, int line)
{
	if (good)
		return;
	print_error("%s:%d: %s%s%s\n", __FILE__, line, text, host && host->error[0] ? "; " : "",
	            host ? host->error : "");
	_exit(1);
}

static void configure(sa_family_t family)
{
	bool ipv6 = family == AF_INET6;

	config = (struct host_config){
		.local_prefix = ipv6 ? 48 : 16,
		.remote_prefix = ipv6 ? 32 : 24,
	};
	ip_address_parse(ipv6 ? "fd3d:fa7b:d17d::1" : "192.168.0.1", &config.local);
	ip_address_parse(ipv6 ? "fd3d:fa7b:d17d:8888::" : "192.168.0.2", &config.gateway);
	ip_address_parse(ipv6 ? "2001:db8::1" : "192.0.2.1", &config.remote);
}

static void open_world(void)
{
	enum fault failure;
	char error[FAULT_TEXT] = "";

	host = host_kernel_open(&config, &failure, error);
	if (host)
		return;
	print_error("%s\n", error);
	_exit(failure == FAULT_MISSING ? SKIPPED : 1);
}

static void close_world(void)
{
	host->close(host);
	host = NULL;
}

/* Runs `body` in a child, which prints what it finds wrong. A child that hangs is killed. */
static int in_child(void (*body)(void))
{
	pid_t pid;
	int status = 0;

	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		body();
		fflush(NULL);
		_exit(0);
	}
	for (int i = 0; i < PATIENCE && waitpid(pid, &status, WNOHANG) == 0; i++) {
		usleep(1000);
		if (i == PATIENCE - 1)
			kill(pid, SIGKILL);
	}
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* ---- what the tests have in common ---- */

static long call(long number, long a, long b, long c, long d, long e)
{
	struct host_call call = { .name = "call",
		                  .number = number,
		                  .arguments = { a, b, c, d, e } };

	host->calls->call(host, &call);
	CHECK(call.end == CALL_RETURNED && call.started <= call.ended);
	CHECK((call.result == -1) == (call.error != 0));
	errno = call.error;
	return call.result;
}

static int listener(sa_family_t family, bool any)
{
	struct sockaddr_storage address;
	struct ip_address local = config.local;
	socklen_t length;
	int fd = (int)call(SYS_socket, family, SOCK_STREAM, IPPROTO_TCP, 0, 0);

	if (any)
		memset(local.bytes, 0, sizeof(local.bytes));
	local.family = family;
	length = ip_address_to_sockaddr(&local, SERVER_PORT, &address);
	CHECK(call(SYS_bind, fd, (long)&address, length, 0, 0) == 0);
	CHECK(call(SYS_listen, fd, 5, 0, 0, 0) == 0);
	return fd;
}

static struct segment from_remote(uint16_t flags, uint32_t sequence, uint32_t acknowledgment)
{
	return (struct segment) {
		.source = config.remote, .destination = config.local, .protocol = IPPROTO_TCP,
		.tcp = {
			.source = CLIENT_PORT, .destination = SERVER_PORT, .flags = flags,
			.sequence = sequence, .acknowledgment = acknowledgment, .window = 65535,
		},
	};
}

static usec_t inject(const struct segment *segment)
{
	usec_t at = 0;

	CHECK(host->wire->inject(host, segment, &at));
	return at;
}

static enum host_wake wait_for(usec_t time, struct host_packet *packet)
{
	return host->wire->wait(host, host->clock->now(host) + time, packet);
}

static struct host_packet next_packet(void)
{
	struct host_packet packet;

	CHECK(wait_for(SECOND, &packet) == HOST_PACKET);
	CHECK(packet.bad == NULL);
	CHECK(packet.segment.fixed == 0);
	return packet;
}

static struct tcp_status observe(uint16_t remote_port)
{
	struct tcp_tuple tuple = {
		.local = config.local,
		.remote = config.remote,
		.local_port = SERVER_PORT,
		.remote_port = remote_port,
	};
	struct tcp_status connection;

	CHECK(host->look->observe(host, &tuple, &connection));
	return connection;
}

static enum tcp_state state(void)
{
	return observe(CLIENT_PORT).state;
}

/* Makes a connection with three segments. Returns the kernel's first sequence number. */
static uint32_t handshake(void)
{
	struct segment syn = from_remote(TCP_SYN, 1000, 0), ack;
	struct host_packet packet;

	usec_t at = inject(&syn);

	packet = next_packet();
	CHECK(at <= packet.at && packet.at <= host->clock->now(host));
	CHECK(packet.segment.protocol == IPPROTO_TCP);
	CHECK(ip_address_equal(&packet.segment.source, &config.local));
	CHECK(ip_address_equal(&packet.segment.destination, &config.remote));
	CHECK(packet.segment.tcp.source == SERVER_PORT &&
	      packet.segment.tcp.destination == CLIENT_PORT);
	CHECK(packet.segment.tcp.flags == (TCP_SYN | TCP_ACK));
	CHECK(packet.segment.tcp.acknowledgment == 1001);
	CHECK(packet.captured == packet.length &&
	      packet.length ==
	              packet.segment.ip_length + (config.local.family == AF_INET6 ? 40u : 0u));
	ack = from_remote(TCP_ACK, 1001, packet.segment.tcp.sequence + 1);
	inject(&ack);
	return packet.segment.tcp.sequence;
}

static int accepted(int server)
{
	int fd = (int)call(SYS_accept4, server, 0, 0, 0, 0);

	CHECK(fd >= 0);
	return fd;
}

/* ---- tests ---- */

static void open_and_accept(void)
{
	struct tcp_status connection;
	struct segment syn = from_remote(TCP_SYN, 1000, 0), ack;
	struct host_packet packet;
	int server;

	open_world();
	CHECK(observe(0).state == STATE_CLOSED);
	server = listener(config.local.family, false);
	connection = observe(0);
	CHECK(connection.state == STATE_LISTEN && connection.inode != 0);
	CHECK(connection.send_queue == 5);
	CHECK(state() == STATE_CLOSED);
	inject(&syn);
	packet = next_packet();
	connection = observe(CLIENT_PORT);
	CHECK(connection.state == STATE_SYN_RECV && connection.inode == 0);
	CHECK(connection.timer == TIMER_RETRANSMIT);
	CHECK(connection.expires > 0 && connection.expires <= 3 * SECOND);
	ack = from_remote(TCP_ACK, 1001, packet.segment.tcp.sequence + 1);
	inject(&ack);
	CHECK(state() == STATE_ESTABLISHED);
	connection = observe(0);
	CHECK(connection.state == STATE_LISTEN && connection.receive_queue == 1);
	accepted(server);
	connection = observe(CLIENT_PORT);
	CHECK(connection.timer == TIMER_NONE && connection.expires == 0 && connection.inode != 0);
	CHECK(wait_for(0, &packet) == HOST_TIME);
	close_world();
}

static void ipv4_open(void)
{
	configure(AF_INET);
	open_and_accept();
}

static void ipv6_open(void)
{
	configure(AF_INET6);
	open_and_accept();
}

static void mapped_open(void)
{
	int server;

	configure(AF_INET);
	open_world();
	server = listener(AF_INET6, true);
	CHECK(observe(0).state == STATE_LISTEN);
	handshake();
	CHECK(state() == STATE_ESTABLISHED);
	accepted(server);
	CHECK(state() == STATE_ESTABLISHED);
	config.local = ip_address_map(&config.local);
	config.remote = ip_address_map(&config.remote);
	CHECK(state() == STATE_ESTABLISHED);
	close_world();
}

static void active_close(void)
{
	struct tcp_status connection;
	struct host_packet packet;
	struct segment segment;
	uint32_t first;
	int server, fd;

	open_world();
	server = listener(config.local.family, false);
	first = handshake();
	fd = accepted(server);
	CHECK(call(SYS_close, fd, 0, 0, 0, 0) == 0);
	packet = next_packet();
	CHECK(packet.segment.tcp.flags == (TCP_FIN | TCP_ACK));
	connection = observe(CLIENT_PORT);
	CHECK(connection.state == STATE_FIN_WAIT_1 && connection.inode == 0);
	CHECK(connection.timer == TIMER_RETRANSMIT && connection.send_queue == 1);
	segment = from_remote(TCP_ACK, 1001, first + 2);
	inject(&segment);
	connection = observe(CLIENT_PORT);
	CHECK(connection.state == STATE_FIN_WAIT_2);
	CHECK(connection.timer == TIMER_TIMEWAIT);
	CHECK(connection.expires > 58 * SECOND && connection.expires < 62 * SECOND);
	segment = from_remote(TCP_FIN | TCP_ACK, 1001, first + 2);
	inject(&segment);
	packet = next_packet();
	CHECK(packet.segment.tcp.flags == TCP_ACK && packet.segment.tcp.acknowledgment == 1002);
	connection = observe(CLIENT_PORT);
	CHECK(connection.state == STATE_TIME_WAIT && connection.timer == TIMER_TIMEWAIT);
	CHECK(connection.expires > 58 * SECOND && connection.expires < 62 * SECOND);
	segment = from_remote(TCP_RST, 1002, 0);
	inject(&segment);
	CHECK(state() == STATE_CLOSED);
	close_world();
}

static void ipv4_active_close(void)
{
	configure(AF_INET);
	active_close();
}

static void ipv6_active_close(void)
{
	configure(AF_INET6);
	active_close();
}

static void passive_close(void)
{
	struct segment segment;
	uint32_t first;
	int server, fd;

	configure(AF_INET);
	open_world();
	server = listener(AF_INET, false);
	first = handshake();
	fd = accepted(server);
	segment = from_remote(TCP_FIN | TCP_ACK, 1001, first + 1);
	inject(&segment);
	CHECK(next_packet().segment.tcp.acknowledgment == 1002);
	CHECK(state() == STATE_CLOSE_WAIT);
	CHECK(call(SYS_close, fd, 0, 0, 0, 0) == 0);
	CHECK(next_packet().segment.tcp.flags & TCP_FIN);
	CHECK(state() == STATE_LAST_ACK);
	segment = from_remote(TCP_ACK, 1002, first + 2);
	inject(&segment);
	/* The listener must not be taken for the connection. */
	CHECK(state() == STATE_CLOSED);
	close_world();
}

/* The timers that do not occur in active_close(). */
static void timers(void)
{
	const int on = 1, idle = 100;
	struct tcp_status connection;
	struct segment segment;
	uint32_t first;
	int server, fd;

	configure(AF_INET);
	open_world();
	server = listener(AF_INET, false);
	first = handshake();
	fd = accepted(server);
	CHECK(call(SYS_setsockopt, fd, IPPROTO_TCP, TCP_KEEPIDLE, (long)&idle, sizeof(idle)) == 0);
	CHECK(call(SYS_setsockopt, fd, SOL_SOCKET, SO_KEEPALIVE, (long)&on, sizeof(on)) == 0);
	connection = observe(CLIENT_PORT);
	CHECK(connection.timer == TIMER_KEEPALIVE);
	CHECK(connection.expires > 98 * SECOND && connection.expires < 102 * SECOND);
	CHECK(call(SYS_write, fd, (long)"x", 1, 0, 0) == 1);
	CHECK(observe(CLIENT_PORT).timer == TIMER_RETRANSMIT);
	next_packet();
	segment = from_remote(TCP_ACK, 1001, first + 2);
	segment.tcp.window = 0;
	inject(&segment);
	CHECK(call(SYS_write, fd, (long)"y", 1, 0, 0) == 1);
	connection = observe(CLIENT_PORT);
	CHECK(connection.timer == TIMER_PROBE && connection.send_queue == 1);
	close_world();
}

static void blocked_calls(void)
{
	enum { CALLS = 5 };
	struct host_call calls[CALLS];
	struct host_packet packet;
	unsigned finished = 0;
	int server;

	configure(AF_INET);
	open_world();
	server = listener(AF_INET, false);
	for (int i = 0; i < CALLS; i++) {
		calls[i] = (struct host_call){ .name = "accept",
			                       .number = SYS_accept4,
			                       .arguments = { server } };
		CHECK(host->calls->begin(host, &calls[i]));
		CHECK(calls[i].end == CALL_PENDING);
	}
	CHECK(wait_for(10 * USEC_PER_MSEC, &packet) == HOST_TIME);
	handshake();
	CHECK(wait_for(SECOND, &packet) == HOST_CALL);
	for (int i = 0; i < CALLS; i++)
		if (calls[i].end == CALL_RETURNED) {
			finished++;
			CHECK(calls[i].result >= 0 && calls[i].error == 0);
			CHECK(calls[i].ended - calls[i].started >= 10 * USEC_PER_MSEC);
			CHECK(calls[i].ended <= host->clock->now(host));
		}
	CHECK(finished == 1);
	CHECK(call(SYS_shutdown, server, SHUT_RDWR, 0, 0, 0) == 0);
	for (finished = 1; finished < CALLS; finished++)
		CHECK(wait_for(SECOND, &packet) == HOST_CALL);
	CHECK(wait_for(0, &packet) == HOST_TIME);
	for (int i = 0; i < CALLS; i++)
		CHECK(calls[i].end == CALL_RETURNED &&
		      (calls[i].result >= 0 || calls[i].error == EINVAL));
	close_world();
}

/* A call that need not sleep is over when begin() returns. One that sleeps is ended by close(). */
static void short_call(void)
{
	struct host_call quick = { .name = "getpid", .number = SYS_getpid };
	struct host_call bad = { .name = "close", .number = SYS_close, .arguments = { -1 } };
	struct host_call sleeping = { .name = "pause", .number = SYS_ppoll };
	struct host_packet packet;

	configure(AF_INET);
	open_world();
	for (int i = 0; i < 3; i++) {
		CHECK(host->calls->begin(host, &quick));
		CHECK(quick.end == CALL_RETURNED && quick.result == getpid());
	}
	CHECK(host->calls->begin(host, &bad));
	CHECK(bad.end == CALL_RETURNED && bad.result == -1 && bad.error == EBADF);
	CHECK(wait_for(0, &packet) == HOST_TIME);
	CHECK(host->calls->begin(host, &sleeping));
	CHECK(sleeping.end == CALL_PENDING);
	close_world();
}

static size_t entries(const char *path)
{
	DIR *directory = opendir(path);
	size_t count = 0;

	CHECK(directory != NULL);
	while (readdir(directory))
		count++;
	closedir(directory);
	return count;
}

static void nothing_is_left(void)
{
	size_t files = entries("/proc/self/fd"), threads = entries("/proc/self/task");
	struct host_call blocked = { .name = "poll", .number = SYS_ppoll };

	configure(AF_INET);
	open_world();
	CHECK(host->calls->begin(host, &blocked));
	CHECK(entries("/proc/self/task") == threads + 1);
	close_world();
	CHECK(entries("/proc/self/fd") == files);
	CHECK(entries("/proc/self/task") == threads);
}

static void exact_deadlines(void)
{
	struct host_packet packet;

	usec_t latest = 0;

	configure(AF_INET);
	open_world();
	CHECK(host->wire->wait(host, host->clock->now(host) - SECOND, &packet) == HOST_TIME);
	for (int i = 0; i < 20; i++) {
		usec_t deadline = host->clock->now(host) + 2 * USEC_PER_MSEC, late;

		CHECK(host->wire->wait(host, deadline, &packet) == HOST_TIME);
		late = host->clock->now(host) - deadline;
		CHECK(late >= 0);
		latest = late > latest ? late : latest;
	}
	/* Generous, for a busy machine. Without our timer slack it would be 50 ms more. */
	CHECK(latest < 100 * USEC_PER_MSEC);
	close_world();
}

static void inject_many(int packets)
{
	for (int i = 0; i < packets; i++) {
		struct segment syn = from_remote(TCP_SYN, 7, 0);

		syn.tcp.source = (uint16_t)(CLIENT_PORT + i);
		inject(&syn);
	}
}

/* More packets at once than fit in a small buffer. Each must come, once and in order. */
/* From just after a tick to just after another, at least one whole tick passes. */
static void ticks(void)
{
	enum { ROUNDS = 5 };
	struct timespec tick;

	usec_t begun;

	clock_getres(CLOCK_REALTIME_COARSE, &tick);
	configure(AF_INET);
	open_world();
	begun = host->clock->now(host);
	for (int i = 0; i < ROUNDS; i++)
		host_await_tick(host);
	CHECK(host->clock->now(host) - begun >= (ROUNDS - 1) * tick.tv_nsec / 1000);
	close_world();
}

static void burst(void)
{
	enum { PACKETS = 400 };
	struct host_packet packet;

	usec_t before = 0;

	configure(AF_INET);
	open_world();
	inject_many(PACKETS);
	for (int i = 0; i < PACKETS; i++) {
		packet = next_packet();
		CHECK(packet.segment.tcp.flags == (TCP_RST | TCP_ACK));
		CHECK(packet.segment.tcp.destination == CLIENT_PORT + i);
		CHECK(packet.at >= before);
		before = packet.at;
	}
	CHECK(wait_for(0, &packet) == HOST_TIME);
	close_world();
}

/* More packets than any buffer can hold. This must be reported. */
static void flood(void)
{
	struct host_packet packet;
	enum host_wake wake;

	configure(AF_INET);
	open_world();
	inject_many(60000);
	while ((wake = wait_for(0, &packet)) == HOST_PACKET)
		;
	CHECK(wake == HOST_BROKEN && strstr(host->error, "lost"));
	close_world();
}

static void ipv6_is_quiet(void)
{
	struct host_packet packet;

	configure(AF_INET6);
	open_world();
	CHECK(wait_for(300 * USEC_PER_MSEC, &packet) == HOST_TIME);
	close_world();
}

static uint64_t counter(const char *name)
{
	uint64_t value;

	CHECK(host->look->counter(host, name, &value));
	return value;
}

static void broken_segments(void)
{
	struct segment syn = from_remote(TCP_SYN, 1000, 0);
	struct host_packet packet;
	uint64_t value;

	configure(AF_INET);
	open_world();
	syn = from_remote(TCP_SYN, 1000, 0);
	listener(AF_INET, false);
	CHECK(counter("TcpInCsumErrors") == 0 && counter("InErrs") == 0);
	syn.fixed = FIXED_CHECKSUM;
	syn.checksum = 0x1234;
	inject(&syn);
	CHECK(counter("TcpInCsumErrors") == 1);
	syn.fixed = FIXED_DATA_OFFSET;
	syn.tcp.data_offset = 4;
	inject(&syn);
	CHECK(counter("InErrs") == 2);
	syn.fixed = FIXED_IP_CHECKSUM;
	inject(&syn);
	CHECK(counter("IpInHdrErrors") == 1 || counter("InCsumErrors") > 0);
	CHECK(wait_for(0, &packet) == HOST_TIME);
	CHECK(counter("TCPAbortOnData") == 0 && counter("TcpExtTCPAbortOnData") == 0);
	CHECK(counter("Ip6InReceives") == 0);
	CHECK(!host->look->counter(host, "NoSuchCounter", &value));
	close_world();
}

/* Counters that moved explain why nothing came. Those that any segment moves are left out. */
static void counters_that_moved(void)
{
	struct segment syn, error;
	char text[256];

	configure(AF_INET);
	open_world();
	listener(AF_INET, false);
	syn = from_remote(TCP_SYN, 1000, 0);
	syn.fixed = FIXED_CHECKSUM;
	syn.checksum = 0x1234;
	CHECK(host_moved(host, text, sizeof(text)) && !strcmp(text, ""));
	inject(&syn);
	CHECK(host_moved(host, text, sizeof(text)));
	CHECK(!strcmp(text, "InErrs +1, InCsumErrors +1"));
	host_mark(host);
	CHECK(host_moved(host, text, sizeof(text)) && !strcmp(text, ""));
	inject(&syn);
	inject(&syn);
	CHECK(host_moved(host, text, sizeof(text)));
	CHECK(!strcmp(text, "InErrs +2, InCsumErrors +2"));
	CHECK(host_moved(host, text, 12) && !strcmp(text, "InErrs +2, "));
	/* With the first message of ICMP a counter more is there, among the others. */
	host_mark(host);
	error = (struct segment) {
		.source = config.remote, .destination = config.local, .protocol = IPPROTO_ICMP,
		.icmp = {
			.type = 3, .code = 3,
			.quote = {
				.protocol = IPPROTO_TCP, .source = 4711, .destination = 80,
			},
		},
	};
	inject(&error);
	CHECK(host_moved(host, text, sizeof(text)));
	CHECK(!strcmp(text, "IcmpInErrors +1, IcmpInDestUnreachs +1"));
	close_world();
}

/* "Port unreachable" for the SYN of a connect() ends the connect(). */
static void icmp_ends_connect(void)
{
	struct sockaddr_storage address;
	socklen_t length;
	struct host_call connect = { .name = "connect", .number = SYS_connect };
	struct host_packet packet;
	struct segment error;
	int fd;

	open_world();
	fd = (int)call(SYS_socket, config.local.family, SOCK_STREAM, 0, 0, 0);
	length = ip_address_to_sockaddr(&config.remote, 80, &address);
	connect.arguments[0] = fd;
	connect.arguments[1] = (long)&address;
	connect.arguments[2] = length;
	CHECK(host->calls->begin(host, &connect));
	CHECK(connect.end == CALL_PENDING);
	packet = next_packet();
	CHECK(packet.segment.tcp.flags == TCP_SYN && packet.segment.tcp.destination == 80);
	error = (struct segment) {
		.source = config.remote, .destination = config.local,
		.protocol = config.local.family == AF_INET6 ? IPPROTO_ICMPV6 : IPPROTO_ICMP,
		.icmp = {
			.type = config.local.family == AF_INET6 ? 1 : 3,
			.code = config.local.family == AF_INET6 ? 4 : 3,
			.quote = {
				.protocol = IPPROTO_TCP, .source = packet.segment.tcp.source,
				.destination = 80,
				.sequence = packet.segment.tcp.sequence,
			},
		},
	};
	inject(&error);
	CHECK(wait_for(SECOND, &packet) == HOST_CALL);
	CHECK(connect.end == CALL_RETURNED && connect.error == ECONNREFUSED);
	close_world();
}

static void ipv4_icmp(void)
{
	configure(AF_INET);
	icmp_ends_connect();
}

static void ipv6_icmp(void)
{
	configure(AF_INET6);
	icmp_ends_connect();
}

static void signals_are_counted(void)
{
	struct host_call blocked = { .name = "write", .number = SYS_write };
	int pipe_ends[2];

	configure(AF_INET);
	open_world();
	CHECK(pipe(pipe_ends) == 0);
	CHECK(call(SYS_close, pipe_ends[0], 0, 0, 0, 0) == 0);
	CHECK(call(SYS_write, pipe_ends[1], (long)"x", 1, 0, 0) == -1 && errno == EPIPE);
	CHECK(host->look->signals(host, SIGPIPE) == 1);
	CHECK(host->look->signals(host, SIGPIPE) == 0);
	blocked.arguments[0] = pipe_ends[1];
	blocked.arguments[1] = (long)"x";
	blocked.arguments[2] = 1;
	CHECK(host->calls->begin(host, &blocked) && blocked.end == CALL_RETURNED &&
	      blocked.error == EPIPE);
	CHECK(host->look->signals(host, SIGPIPE) == 1);
	CHECK(host->look->signals(host, SIGUSR1) == 0 && host->look->signals(host, 4711) == 0);
	close_world();
}

/* A wait wakes for the end of a program, once, and says how it ended. */
static void ends_of_programs(void)
{
	struct host_packet packet;
	unsigned ended, killed;
	int status;

	configure(AF_INET);
	open_world();
	CHECK(host->calls->spawn(host, "exit 3", &ended));
	CHECK(wait_for(SECOND, &packet) == HOST_ENDED);
	CHECK(host->end.process == ended && host->end.status == 3 << 8);
	CHECK(host->end.at <= host->clock->now(host));
	CHECK(host->calls->ended(host, ended, &status) && status == 3 << 8);
	CHECK(wait_for(0, &packet) == HOST_TIME);
	CHECK(host->calls->spawn(host, "exec sleep 9", &killed));
	CHECK(wait_for(20 * USEC_PER_MSEC, &packet) == HOST_TIME);
	CHECK(host->calls->kill(host, killed, SIGKILL));
	CHECK(wait_for(SECOND, &packet) == HOST_ENDED);
	CHECK(host->end.process == killed && host->end.status == SIGKILL);
	CHECK(wait_for(0, &packet) == HOST_TIME);
	close_world();
}

static void stop_later(unsigned milliseconds)
{
	pid_t target = getpid();

	if (fork() > 0)
		return;
	usleep(milliseconds * 1000);
	kill(target, SIGTERM);
	_exit(0);
}

static void stop_is_told(void)
{
	struct host_packet packet;

	configure(AF_INET);
	open_world();
	stop_later(20);
	CHECK(host->wire->wait(host, USEC_FOREVER, &packet) == HOST_STOPPED);
	/* Cleaning up is still possible. */
	CHECK(host->calls->command(host, "exit 3") == 3 << 8);
	close_world();
}

static void stop_ends_command(void)
{
	usec_t before;

	configure(AF_INET);
	open_world();
	before = host->clock->now(host);
	stop_later(20);
	CHECK(host->calls->command(host, "sleep 5") != 0);
	CHECK(host->clock->now(host) - before < 3 * SECOND);
	close_world();
}

static void sysctls_and_commands(void)
{
	static const struct setting second = {
		"net/ipv4/tcp_rmem", "4096 8192 16384", NULL, { 0 }
	};
	static const struct setting first = { "net.ipv4.tcp_fin_timeout", "17", &second, { 0 } };
	char value[64];

	configure(AF_INET);
	config.sysctls = &first;
	open_world();
	CHECK(host->look->sysctl(host, "net.ipv4.tcp_fin_timeout", value, sizeof(value)));
	CHECK(!strcmp(value, "17"));
	CHECK(host->look->sysctl(host, "net.ipv4.tcp_rmem", value, sizeof(value)));
	CHECK(!strcmp(value, "4096 8192 16384"));
	CHECK(!host->look->sysctl(host, "net.ipv4.no_such", value, sizeof(value)));
	CHECK(strstr(host->error, "no sysctl net.ipv4.no_such"));
	CHECK(!host->look->sysctl(host, "../../etc/passwd", value, sizeof(value)));
	CHECK(host->calls->command(host, "test $(cat /proc/sys/net/ipv4/tcp_fin_timeout) = 17") ==
	      0);
	/* No file of the host is open in a command. */
	CHECK(host->calls->command(host, "ls -l /proc/self/fd | grep -qE 'tun|socket|event'") ==
	      1 << 8);
	close_world();
}

static void bad_sysctls(void)
{
	struct setting row = { "net.ipv4.no_such_thing", "1", NULL, { 0 } };
	enum fault failure;
	char error[FAULT_TEXT];

	configure(AF_INET);
	config.sysctls = &row;
	CHECK(host_kernel_open(&config, &failure, error) == NULL);
	CHECK(failure == FAULT_MISSING && strstr(error, "no_such_thing"));
	row = (struct setting){ "net.ipv4.tcp_congestion_control", "no_such_cc", NULL, { 0 } };
	CHECK(host_kernel_open(&config, &failure, error) == NULL);
	CHECK(failure == FAULT_MISSING && strstr(error, "no_such_cc"));
	row = (struct setting){ "net.ipv4.tcp_fin_timeout", "many", NULL, { 0 } };
	CHECK(host_kernel_open(&config, &failure, error) == NULL);
	CHECK(failure == FAULT_BROKEN && strstr(error, "many"));
}

static void device_options(void)
{
	configure(AF_INET);
	config.mtu = 1234;
	config.speed = 1000;
	open_world();
	CHECK(host->calls->command(host, "ip link show tun0 | grep -q 'mtu 1234.*qlen 10000'") ==
	      0);
	close_world();
}

/*
 * What is injected as one packet arrives as one packet, and the kernel's answer covers all of it.
 */
static void gso(void)
{
	struct segment data;
	uint32_t first;
	int server;

	configure(AF_INET);
	config.gso_size = 1000;
	open_world();
	server = listener(AF_INET, false);
	first = handshake();
	accepted(server);
	data = from_remote(TCP_ACK | TCP_PSH, 1001, first + 1);
	data.payload_length = 5000;
	inject(&data);
	CHECK(next_packet().segment.tcp.acknowledgment == 6001);
	CHECK(observe(CLIENT_PORT).receive_queue == 5000);
	close_world();
}

/* A large write becomes a packet that is larger than the MTU. Only its beginning is captured. */
static void large_write(void)
{
	static char bytes[8000];
	struct host_packet packet;
	int server, fd;

	configure(AF_INET);
	open_world();
	server = listener(AF_INET, false);
	handshake();
	fd = accepted(server);
	CHECK(call(SYS_write, fd, (long)bytes, sizeof(bytes), 0, 0) == sizeof(bytes));
	packet = next_packet();
	CHECK(packet.segment.payload_length > 1500 && packet.captured < packet.length);
	CHECK(packet.segment.payload_captured > 1000 &&
	      packet.segment.payload_captured < packet.segment.payload_length);
	close_world();
}

static void anyip(void)
{
	open_world();
	CHECK(host->calls->command(host, "test -z \"$(ip -o addr show dev tun0 scope global)\"") ==
	      0);
	/* With IPv6, nobody can bind to an address that no device has. */
	listener(config.local.family, config.local.family == AF_INET6);
	handshake();
	CHECK(state() == STATE_ESTABLISHED);
	close_world();
}

static void ipv4_anyip(void)
{
	configure(AF_INET);
	config.anyip = true;
	anyip();
}

static void ipv6_anyip(void)
{
	configure(AF_INET6);
	config.anyip = true;
	anyip();
}

static char pcap_path[] = "/tmp/test_host.pcap.XXXXXX";

/* The file is read while the run still goes on, as if it had been killed. */
static void pcap_is_readable(void)
{
	char why[PCAP_ERRBUF_SIZE];
	struct pcap_pkthdr *header;
	const u_char *bytes;
	pcap_t *file;
	uint32_t magic = 0;
	uint16_t flags[4] = { 0 };
	int packets = 0;
	FILE *raw;

	configure(AF_INET6);
	config.pcap_path = pcap_path;
	open_world();
	listener(AF_INET6, false);
	handshake();
	raw = fopen(pcap_path, "r");
	CHECK(raw && fread(&magic, sizeof(magic), 1, raw) == 1 && magic == 0xa1b23c4d);
	fclose(raw);
	file = pcap_open_offline(pcap_path, why);
	CHECK(file && pcap_datalink(file) == DLT_RAW);
	while (pcap_next_ex(file, &header, &bytes) == 1) {
		struct segment segment;

		CHECK(packets < 3);
		CHECK(!segment_decode(bytes, header->caplen, header->len, CHECKSUM_IGNORED,
		                      &segment));
		flags[packets++] = segment.tcp.flags;
	}
	pcap_close(file);
	CHECK(packets == 3);
	CHECK(flags[0] == TCP_SYN && flags[1] == (TCP_SYN | TCP_ACK) && flags[2] == TCP_ACK);
	close_world();
}

/*
 * The filter is the same as what libpcap makes of its words, except for the direction, which a file
 * does not have.
 */
static void filter_is_as_its_words(void)
{
	const struct bpf_insn *ours = (const struct bpf_insn *)capture_filter.filter + 2;
	struct bpf_program words;
	uint8_t packet[64] = { 0 };
	pcap_t *format = pcap_open_dead(DLT_RAW, sizeof(packet));

	CHECK(pcap_compile(format, &words,
	                   "(ip and ip[9] != 2) or "
	                   "(ip6 and ip6[6] != 0 and (ip6[6] != 58 or ip6[40] < 130))",
	                   1, PCAP_NETMASK_UNKNOWN) == 0);
	for (unsigned version = 0; version < 16; version++)
		for (unsigned protocol = 0; protocol < 256; protocol++)
			for (unsigned first = 0; first < 256; first++) {
				packet[0] = version << 4;
				packet[version == 6 ? 6 : 9] = protocol;
				packet[40] = first;
				CHECK(!bpf_filter(ours, packet, sizeof(packet), sizeof(packet)) ==
				      !bpf_filter(words.bf_insns, packet, sizeof(packet),
				                  sizeof(packet)));
			}
	pcap_freecode(&words);
	pcap_close(format);
}

/*
 * Where only root may open /dev/net/tun, this process sees one that everybody may open, as is usual
 * elsewhere.
 */
static void open_tun_to_all(void)
{
	CHECK(unshare(CLONE_NEWNS) == 0);
	CHECK(mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0);
	CHECK(mount("none", "/dev/net", "tmpfs", 0, NULL) == 0);
	CHECK(mknod("/dev/net/tun", S_IFCHR, makedev(10, 200)) == 0);
	CHECK(chmod("/dev/net/tun", 0666) == 0);
}

/* The rights of an ordinary user suffice where user namespaces are allowed. */
static void unprivileged(void)
{
	if (geteuid() == 0) {
		open_tun_to_all();
		CHECK(setgroups(0, NULL) == 0 && setgid(65534) == 0 && setuid(65534) == 0);
		/*
		 * exec(2) does this for a program that a user starts: then its /proc files belong
		 * to the user.
		 */
		prctl(PR_SET_DUMPABLE, 1);
	}
	configure(AF_INET);
	open_and_accept();
}

static void bad_addresses(void)
{
	enum fault failure;
	char error[FAULT_TEXT];

	/*
	 * Its own address cannot be the gateway of a route. Then there is no gateway, as in
	 * packetdrill.
	 */
	configure(AF_INET);
	config.gateway = config.local;
	CHECK(host_kernel_open(&config, &failure, error) != NULL);
	/* A route to a multicast address through a gateway is not possible. */
	configure(AF_INET);
	config.gateway = (struct ip_address){ .family = AF_INET, .bytes = { 224, 0, 0, 1 } };
	CHECK(host_kernel_open(&config, &failure, error) == NULL);
	CHECK(failure == FAULT_BROKEN && strstr(error, "192.0.2.1"));
	configure(AF_INET);
	config.pcap_path = "/no/such/folder/x.pcap";
	CHECK(host_kernel_open(&config, &failure, error) == NULL);
	CHECK(failure == FAULT_BROKEN && strstr(error, "/no/such/folder/x.pcap"));
}

/* libnet and our own encoder, which were written independently, make the same bytes. */
static void same_bytes(struct inject *inject, const struct segment *segment, int line)
{
	static uint8_t want[SEGMENT_BYTES_MAX];
	char error[FAULT_TEXT] = "";
	size_t want_length = segment_encode(segment, want), length = 0;
	const uint8_t *bytes = NULL;

	check(inject_build(inject, segment, &bytes, &length, error), error, line);
	check(length == want_length, "length as encoded", line);
	for (size_t i = 0; i < length; i++)
		if (bytes[i] != want[i]) {
			print_error("byte %zu is %02x, not %02x\n", i, bytes[i], want[i]);
			check(false, "bytes as encoded", line);
		}
}

#define SAME_BYTES(inject, segment) same_bytes(inject, segment, __LINE__)

static void built_tcp(struct inject *inject)
{
	static const uint8_t payload[] = "half close";
	struct segment segment = from_remote(TCP_ACK, 0xfffffff0, 0x80000001);

	segment.tos = 0xb7;
	segment.ip_id = 0x1234;
	segment.flow_label = 0xabcde;
	segment.dont_fragment = true;
	SAME_BYTES(inject, &segment);
	segment.ttl = 3;
	segment.tcp.urgent = 77;
	segment.tcp.flags = TCP_FIN | TCP_PSH | TCP_URG | TCP_ECE | TCP_CWR | TCP_AE | TCP_RESERVED;
	SAME_BYTES(inject, &segment);
	for (uint8_t i = 1; i <= TCP_OPTIONS_MAX; i++) {
		segment.tcp.options_length = i;
		segment.tcp.options[i - 1] = (uint8_t)(i * 7);
		segment.payload_length = i % 3 * 700u;
		SAME_BYTES(inject, &segment);
	}
	segment.payload = payload;
	for (segment.payload_length = 0; segment.payload_length < 20; segment.payload_length++) {
		segment.payload_captured =
			segment.payload_length < 10 ? segment.payload_length : 10;
		SAME_BYTES(inject, &segment);
	}
	segment.payload_captured = 0;
	segment.payload_length = 65535 - 100;
	SAME_BYTES(inject, &segment);
	segment.payload_length = 100;
	segment.checksum = segment.ip_checksum = segment.ip_length = 0;
	segment.tcp.data_offset = 15;
	for (segment.fixed = 0; segment.fixed < 16; segment.fixed++)
		SAME_BYTES(inject, &segment);
}

static void built_others(struct inject *inject)
{
	struct segment segment = {
		.source = config.remote,
		.destination = config.local,
		.protocol = IPPROTO_UDP,
		.udp = { .source = 5, .destination = 7, .length = 3 },
	};
	bool ipv6 = config.local.family == AF_INET6;

	for (segment.payload_length = 0; segment.payload_length < 10; segment.payload_length++)
		for (segment.fixed = 0; segment.fixed <= FIXED_UDP_LENGTH;
		     segment.fixed += FIXED_UDP_LENGTH)
			SAME_BYTES(inject, &segment);
	segment = (struct segment){
		.source = config.remote,
		.destination = config.local,
		.protocol = ipv6 ? IPPROTO_ICMPV6 : IPPROTO_ICMP,
		.icmp = { .type = ipv6 ? 128 : 8, .rest = 0x12345678 },
		.payload_length = 33,
	};
	SAME_BYTES(inject, &segment);
	segment.payload_length = 0;
	segment.icmp = (struct icmp_header){
		.type = ipv6 ? 2 : 3,
		.code = ipv6 ? 0 : 4,
		.rest = 1280,
		.quote = { IPPROTO_TCP, 1, 2, 0xdeadbeef, 1000 },
	};
	SAME_BYTES(inject, &segment);
	segment.icmp.quote.protocol = IPPROTO_UDP;
	SAME_BYTES(inject, &segment);
	segment.icmp.quote.protocol = IPPROTO_RAW;
	segment.fixed = FIXED_CHECKSUM;
	SAME_BYTES(inject, &segment);
	segment.icmp.quote.payload_length = 4;
	SAME_BYTES(inject, &segment);
}

static void built_bytes(void)
{
	struct inject *inject;
	char error[FAULT_TEXT];
	struct segment segment;
	const uint8_t *bytes;
	size_t length;

	CHECK(inject_open(&inject, error) == FAULT_NONE);
	configure(AF_INET);
	built_tcp(inject);
	built_others(inject);
	configure(AF_INET6);
	built_tcp(inject);
	built_others(inject);
	segment = from_remote(TCP_SYN, 0, 0);
	segment.payload_length = 65536;
	CHECK(!inject_build(inject, &segment, &bytes, &length, error));
	inject_close(inject);
}

/* ---- running them ---- */

static void run_child(void **body)
{
	int status = in_child((void (*)(void)) * body);

	if (status == SKIPPED)
		skip();
	assert_int_equal(status, 0);
}

static void probe(void)
{
	configure(AF_INET);
	open_world();
	close_world();
}

static int remove_pcap(void **state_unused)
{
	(void)state_unused;
	unlink(pcap_path);
	return 0;
}

#define CHILD(body)                                        \
	{                                                  \
#body, run_child, NULL, NULL, (void *)body \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		/* clang-format off */
		CHILD(built_bytes),
		CHILD(ipv4_open), CHILD(ipv6_open), CHILD(mapped_open),
		CHILD(ipv4_active_close), CHILD(ipv6_active_close), CHILD(passive_close), CHILD(timers),
		CHILD(blocked_calls), CHILD(short_call), CHILD(nothing_is_left),
		CHILD(exact_deadlines), CHILD(ticks), CHILD(burst), CHILD(flood), CHILD(ipv6_is_quiet),
		CHILD(broken_segments), CHILD(counters_that_moved), CHILD(ipv4_icmp), CHILD(ipv6_icmp),
		CHILD(signals_are_counted), CHILD(ends_of_programs), CHILD(stop_is_told), CHILD(stop_ends_command),
		CHILD(sysctls_and_commands), CHILD(bad_sysctls), CHILD(bad_addresses),
		CHILD(device_options), CHILD(gso), CHILD(large_write),
		CHILD(ipv4_anyip), CHILD(ipv6_anyip), CHILD(pcap_is_readable),
		CHILD(filter_is_as_its_words), CHILD(unprivileged),
		/* clang-format on */
	};
	int fd;

	if (in_child(probe) == SKIPPED) {
		print_message("skipped: this machine does not allow a world, see above\n");
		return SKIPPED;
	}
	fd = mkstemp(pcap_path);
	if (fd >= 0)
		close(fd);
	host_kernel_prepare(false);
	return cmocka_run_group_tests_name("host", tests, NULL, remove_pcap);
}
