#include "author/sockets.h"

#include <netinet/in.h>

enum {
	SMALL_WINDOW = 30000
}; /* with a receive buffer that the kernel chooses, the window is twice as large */

/*
 * Sets options that the packets of the connection show. When they are set on the listener, the
 * connection inherits them.
 */
static void put_options(struct drafting *d, const struct view *view, int fd)
{
	const struct facts *facts = &view->facts;
	bool small = facts->window && facts->window < SMALL_WINDOW;

	if (facts->window && drafting_ask(d, ASK_BUFFER, facts->first, 2) == !small)
		drafting_action(d, "setsockopt(%d, SOL_SOCKET, SO_RCVBUF, [%u], 4) = 0%s", fd,
		                facts->window, drafting_remark(true));
	if (drafting_ask(d, ASK_NODELAY, facts->first, 2) == !facts->nodelay)
		drafting_action(d, "setsockopt(%d, IPPROTO_TCP, TCP_NODELAY, [1], 4) = 0", fd);
	if (facts->keep_idle) {
		drafting_action(d, "setsockopt(%d, IPPROTO_TCP, TCP_KEEPIDLE, [%u], 4) = 0", fd,
		                facts->keep_idle);
		drafting_action(d, "setsockopt(%d, IPPROTO_TCP, TCP_KEEPINTVL, [%u], 4) = 0", fd,
		                facts->keep_interval ? facts->keep_interval : facts->keep_idle);
		if (facts->keep_count)
			drafting_action(d, "setsockopt(%d, IPPROTO_TCP, TCP_KEEPCNT, [%u], 4) = 0",
			                fd, facts->keep_count);
		drafting_action(d, "setsockopt(%d, SOL_SOCKET, SO_KEEPALIVE, [1], 4) = 0", fd);
	}
}

/*
 * Room for all connections; or, where one found no room, for those before it. In Linux the queue
 * holds one more than listen() says.
 */
static size_t backlog(struct drafting *d)
{
	size_t first = SIZE_MAX, before = 0;

	for (size_t i = 0; i < d->talk->flow_count; i++)
		if (d->views[i].facts.overflowed && d->views[i].facts.overflowed < first)
			first = d->views[i].facts.overflowed;
	for (size_t i = 0; i < d->talk->flow_count; i++)
		before += d->views[i].facts.completed && d->views[i].facts.completed < first;
	d->full = first != SIZE_MAX && before && drafting_ask(d, ASK_BACKLOG, 0, 2) == 0;
	return d->full ? before - 1 : d->talk->flow_count;
}

void socket_listen(struct drafting *d)
{
	d->listener = d->last_fd = 3;
	drafting_action(d, "socket(..., SOCK_STREAM, IPPROTO_TCP) = 3");
	drafting_action(d, "setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0");
	put_options(d, &d->views[0], 3);
	drafting_action(d, "bind(3, ..., ...) = 0");
	drafting_action(d, "listen(3, %zu) = 0", backlog(d));
}

/* The connect() does not block, so that nothing depends on when it returns. */
void socket_connect(struct drafting *d, struct view *view)
{
	view->fd = d->last_fd = d->last_fd ? d->last_fd + 1 : 3;
	drafting_action(d, "socket(..., SOCK_STREAM, IPPROTO_TCP) = %d", view->fd);
	put_options(d, view, view->fd);
	if (view->facts.rebinds) {
		drafting_action(d, "setsockopt(%d, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0",
		                view->fd);
		drafting_action(d, "bind(%d, ..., ...) = 0", view->fd);
	}
	drafting_action(d, "fcntl(%d, F_SETFL, O_RDWR|O_NONBLOCK) = 0", view->fd);
	drafting_action(d, "connect(%d, ..., ...) = -1 EINPROGRESS", view->fd);
}

/* The cause of the first RST of a connection; RESET_ANSWER when there is none. */
enum reset_cause reset_cause_of(struct drafting *d, size_t packet)
{
	enum reset_cause causes[RESET_CAUSES];

	facts_reset_causes(d->talk, packet, causes);
	return causes[drafting_ask(d, ASK_RESET, packet, RESET_CAUSES)];
}

/*
 * Finds the next RST that the kernel sends on the connection of `packet`. Returns false when there
 * is none.
 */
bool next_reset(const struct drafting *d, const struct view *view, size_t packet, size_t *reset)
{
	for (*reset = packet; facts_after(d->talk, *reset, reset);) {
		const struct heard *heard = &d->talk->packets[*reset];

		if (heard->from == view->kernel && heard->segment.protocol == IPPROTO_TCP &&
		    heard->segment.tcp.flags & TCP_RST)
			return true;
	}
	return false;
}

void socket_accept(struct drafting *d, struct view *view)
{
	size_t reset;

	if (view->fd || !d->listener)
		return;
	if (d->full) {
		view->waiting = !view->facts.overflowed;
		return;
	}
	if (next_reset(d, view, d->packet, &reset) && reset_cause_of(d, reset) == RESET_LISTENER)
		return;
	view->fd = ++d->last_fd;
	drafting_action(d, "accept(%d, ..., ...) = %d", d->listener, view->fd);
	if (d->talk->flow_count == 1 && drafting_ask(d, ASK_LEAVE, d->packet, 2) == 1) {
		drafting_action(d, "close(%d) = 0%s", d->listener, drafting_remark(true));
		d->listener = 0;
	}
}

void socket_accept_waiting(struct drafting *d)
{
	d->full = false;
	for (size_t i = 0; i < d->talk->flow_count; i++)
		if (d->views[i].waiting)
			socket_accept(d, &d->views[i]);
}

void socket_read(struct drafting *d, struct view *view)
{
	uint32_t in_line = view->unread > view->urgent ? view->unread - view->urgent : 0;

	if (!view->unread || !view->fd || view->closed)
		return;
	if (in_line)
		drafting_action(d, "read(%d, ..., %u) = %u", view->fd, in_line, in_line);
	view->unread = view->urgent = 0;
}

void socket_close(struct drafting *d, struct view *view, const char *why)
{
	if (!view->fd || view->closed)
		return;
	drafting_action(d, "close(%d) = 0%s", view->fd, why);
	view->finished = view->closed = true;
}
