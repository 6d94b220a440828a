# Leaves connections of its own namespace behind, in each state that a connection without a process has.
import os
import socket
import struct

ends = []
with socket.create_server(("127.0.0.1", 0), backlog=8) as server:
    for _ in range(6):
        near = socket.create_connection(server.getsockname())
        ends.append((near, server.accept()[0]))
for near, far in ends[:2]:  # FIN_WAIT_2 and CLOSE_WAIT
    near.shutdown(socket.SHUT_WR)
for near, far in ends[2:4]:  # TIME_WAIT
    near.close()
    far.close()
os.system("ip link set lo down")
for near, far in ends[4:]:  # FIN_WAIT_1, and LAST_ACK of those whose FIN has come
    near.close()
for near, far in ends[:2]:
    far.close()
