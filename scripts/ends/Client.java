// The Java client of the first document: it connects, writes, and ends in one of the ways that the
// document compares: close(), an end of the program without it, or an abort (SO_LINGER, 0). The same
// as tests/programs/waiting-client.c.
//
//     java Client.java ADDRESS PORT BYTES SECONDS close|exit|abort
import java.net.Socket;

public class Client {
	public static void main(String[] args) throws Exception {
		Socket socket = new Socket(args[0], Integer.parseInt(args[1]));
		socket.getOutputStream().write(new byte[Integer.parseInt(args[2])]);
		Thread.sleep((long)(1000 * Double.parseDouble(args[3])));
		if (args[4].equals("abort"))
			socket.setSoLinger(true, 0);
		if (!args[4].equals("exit"))
			socket.close();
		System.exit(0);
	}
}
