/*
 * The world as the engine sees it: a clock, a wire to inject into and to listen on, socket calls,
 * and what the kernel says of a connection. Three worlds exist: the running kernel, in a namespace
 * of our own (kernel/host_kernel.c), another TCP stack (stacks/host_stack.c),
 * and a recording (host_replay.c) that needs no privilege and no time.
 *
 * All functions are called from one thread. Times are in microseconds of CLOCK_REALTIME, the clock
 * of the kernel's stamps on packets ("host time"). A function that fails leaves a sentence in
 * host->error.
 */
#ifndef TCPCLOSE_HOST_HOST_H
#define TCPCLOSE_HOST_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/setting.h"
#include "base/source.h"
#include "base/usec.h"
#include "host/host_call.h"
#include "wire/address.h"
#include "wire/segment.h"
#include "wire/tcp_state.h"
#include "wire/tuple.h"

/* How the world is to be made. Strings are not copied: they must live longer than the host. */
struct host_config {
	struct ip_address local;   /* the address of the TUN device, unless `anyip` is set */
	unsigned local_prefix;     /* its prefix length */
	struct ip_address gateway; /* the gateway of the route to `remote` */
	struct ip_address remote;
	unsigned remote_prefix; /* so many bits of `remote` are routed to the device */
	bool anyip;             /* do not give `local` to the device (packetdrill --is_anyip) */
	unsigned mtu;           /* 0: the device's own, 1500 */
	unsigned speed;         /* Mbit/s, 0: leave as it is */
	bool virtual_time;      /* the clock only goes on while all sleep, see clock.h */
	unsigned gso_size;      /* not 0: injected TCP segments carry this GSO size */
	const struct setting *sysctls; /* set in order, before the device is there */
	const char *pcap_path;         /* not NULL: all that crosses the wire goes into this file */
	struct range *blame;           /* not NULL: gets `where` of a sysctl that cannot be set */
	char *lost;                    /* not NULL: FAULT_TEXT bytes for why that, or a recording,
	                                   is not complete */
	bool reasons;                  /* ask why a packet was dropped or reset, see fate() */
	char *untold;                  /* not NULL: FAULT_TEXT bytes for why that cannot be asked */
	bool real_peer;                /* the remote side is a TCP, too: see host.far */
	bool keep_namespace;           /* run where we are: no unshare (the lab's guest, ksft) */
	const struct far_wire *far;    /* not NULL: in the place of a TUN device, see
	                                   kernel/far_wire.h */
};

struct host_packet {
	struct segment segment; /* decoded; its payload is valid until the next wait */
	usec_t at;              /* when the kernel sent it */
	const char *bad;        /* not NULL: the bytes are not a segment, and this says why */
	const uint8_t *bytes;   /* as they were captured, valid until the next wait */
	size_t captured, length;
	bool far;      /* the far end sent it */
	int64_t exact; /* the same time in nanoseconds, as stamped: of two, which was first */
};

enum host_wake {
	HOST_PACKET,  /* the kernel sent a packet */
	HOST_CALL,    /* a call that was begun is now finished */
	HOST_ENDED,   /* a process of call_ops.fork or spawn has ended: see host->end */
	HOST_TIME,    /* the deadline is there */
	HOST_STOPPED, /* SIGINT, SIGTERM or SIGHUP came */
	HOST_BROKEN,  /* see host->error */
};

/* How a process ended; each is told once. */
struct host_end {
	unsigned process; /* its number, see call_ops.fork */
	int status;       /* its wait status */
	usec_t at;        /* when that was noticed */
};

struct host;

/*
 * A world is four small tables of functions. A world that lacks something, such as processes,
 * counters or a link that can be taken down, has NULL for that function, or for the whole table
 * when it has nothing of it. Then run/needs.c tells which line of a script needs it. Where a
 * function is called optional, nobody misses it.
 */

/* Packets. */
struct wire_ops {
	/* Gives a packet to the kernel. *at becomes the moment just before. */
	bool (*inject)(struct host *host, const struct segment *segment, usec_t *at);

	/*
	 * Sleeps until something happens, or until `deadline`. When the deadline has passed, it
	 * only looks. Packets come in the order in which the kernel sent them, each of them once.
	 * Packets that were injected do not come.
	 */
	enum host_wake (*wait)(struct host *host, usec_t deadline, struct host_packet *packet);

	/* Takes the device down, or up again. */
	bool (*link)(struct host *host, bool up);

	/*
	 * Of a link with two ends, see host.far: of what this end sends from now on, the next
	 * `count` packets are lost (-1: all, until another number is said), and the others take so
	 * long to arrive.
	 */
	bool (*lose)(struct host *host, int count);
	bool (*delay)(struct host *host, usec_t delay);
};

/* System calls, and the processes that make them. */
struct call_ops {
	/* Makes a call and returns when it is over. call->end says how it ended. */
	void (*call)(struct host *host, struct host_call *call);

	/*
	 * Makes a call on a thread of its own. Returns as soon as the call is over, or the thread
	 * sleeps in it. `call` and its memory must stay until call->end says that it is over; that
	 * changes only within begin() and wait(). Any number of calls may be pending. Returns false
	 * when no thread could be made.
	 */
	bool (*begin)(struct host *host, struct host_call *call);

	/* Optional: tells whether a call of this name exists. Without this function all exist. */
	bool (*offers)(const struct host *host, const char *name);

	/*
	 * Makes a twin of this process with fork(2), which has its own descriptors. *process
	 * becomes its number, from 1. The twin makes the calls that name its number, one at a time,
	 * and nothing else. Such a `call` and its memory must be shared with the twin (MAP_SHARED).
	 * It ends with our process.
	 */
	bool (*fork)(struct host *host, unsigned *process);

	/* Starts a program with /bin/sh -c. It gets a number, too, and ends with our process. */
	bool (*spawn)(struct host *host, const char *text, unsigned *process);

	/* kill(2) for one of these processes. Returns true also when it has ended already. */
	bool (*kill)(struct host *host, unsigned process, int number);

	/* Tells whether the process has ended; then *status is its wait status. Does not wait. */
	bool (*ended)(struct host *host, unsigned process, int *status);

	/*
	 * Optional, see host_waited(): how long all these processes and threads, and those that
	 * they started, were ready to run and got no processor. This is the fault of a busy
	 * machine.
	 */
	usec_t (*waited)(struct host *host);

	/*
	 * Runs a command with /bin/sh -c. Its output goes to our standard output and error. Returns
	 * its wait status; -1 when it could not be started.
	 */
	int (*command)(struct host *host, const char *text);
};

/* Questions about the state of the world. */
struct look_ops {
	/*
	 * State and timer of a connection. Returns false only when the question could not be asked.
	 */
	bool (*observe)(struct host *host, const struct tcp_tuple *tuple,
	                struct tcp_status *connection);

	/*
	 * A counter of /proc/net/snmp, snmp6 or netstat by its name ("TCPAbortOnData", "OutRsts").
	 */
	bool (*counter)(struct host *host, const char *name, uint64_t *value);

	/*
	 * Optional: remembers the values of all counters, for moved(). It takes about 0.1 ms, so it
	 * is called when there is time.
	 */
	void (*mark)(struct host *host);

	/*
	 * Optional, see host_moved(): the counters that moved since the last mark(), or since the
	 * world was made, as "ListenOverflows +1, ListenDrops +1". Counters that move with any
	 * packet are left out; "" when no other moved. Returns false when it is not known.
	 */
	bool (*moved)(struct host *host, char *text, size_t size);

	/*
	 * Optional, see host_fate(): what the kernel says of the number-th packet that was injected
	 * or, `sent`, that wait() gave: "dropped: TCP_OLD_SEQUENCE, in tcp_validate_incoming".
	 * False: nothing, or nobody asked it (config.reasons).
	 */
	bool (*fate)(struct host *host, bool sent, unsigned number, char *text, size_t size);

	/* How often signals of a signal_kind() came to this process since the last question. */
	unsigned (*signals)(struct host *host, int kind);

	/* Reads a sysctl into `value`, without the newline. A tab becomes a blank. */
	bool (*sysctl)(struct host *host, const char *name, char *value, size_t size);

	/*
	 * Optional, see host_pressure(): how long any process on this machine has waited for a
	 * processor since the machine was started; -1 when it is not known. See kernel/pressure.h.
	 */
	usec_t (*pressure)(struct host *host);
};

/* Time. */
struct clock_ops {
	usec_t (*now)(struct host *host);

	/*
	 * Optional: sleeps until just after a tick of the kernel's timer. A recording does not need
	 * it.
	 */
	void (*await_tick)(struct host *host);
};

struct host {             /* the first member of each kind of host */
	const char *name; /* for messages: "this kernel" */
	bool foreign;     /* it is no Linux, and what is only Linux's is not asked of it */
	const struct wire_ops *wire;
	const struct call_ops *calls;
	const struct look_ops *look;
	const struct clock_ops *clock;

	/*
	 * The other end of the link, where config.real_peer asked for one: what is there can be
	 * looked at (observe, counter), and processes be started (fork, spawn), which have numbers
	 * of the same row and are otherwise asked about here. It is closed with this one. NULL: the
	 * script plays the peer.
	 */
	struct host *far;

	/*
	 * What the tested stack itself did that no stack may (it ended, it answered nonsense), in a
	 * sentence; or NULL. May be NULL itself.
	 */
	const char *(*trouble)(struct host *host);

	/* Ends the world: nothing of it is left. */
	void (*close)(struct host *host);

	char error[FAULT_TEXT];
	struct host_end end; /* of the process that the last wait woke for (HOST_ENDED) */
};

/*
 * These call the optional functions. Where there is none, they answer that nobody has waited, or
 * that it is not known.
 */
static inline usec_t host_waited(struct host *host)
{
	return host->calls->waited ? host->calls->waited(host) : 0;
}

static inline usec_t host_pressure(struct host *host)
{
	return host->look && host->look->pressure ? host->look->pressure(host) : -1;
}

static inline void host_mark(struct host *host)
{
	if (host->look && host->look->mark)
		host->look->mark(host);
}

static inline bool host_moved(struct host *host, char *text, size_t size)
{
	return host->look && host->look->moved && host->look->moved(host, text, size);
}

static inline bool host_fate(struct host *host, bool sent, unsigned number, char *text, size_t size)
{
	return host->look && host->look->fate && host->look->fate(host, sent, number, text, size);
}

static inline void host_await_tick(struct host *host)
{
	if (host->clock->await_tick)
		host->clock->await_tick(host);
}

#endif
