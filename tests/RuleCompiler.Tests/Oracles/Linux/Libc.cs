using System.Runtime.InteropServices;

namespace RuleCompiler.Tests.Oracles.Linux;

/// <summary>The system calls of the kernel oracle that .NET does not offer.</summary>
/// <remarks>All act on the calling thread, which is why the oracle owns a thread per machine.</remarks>
internal static partial class Libc
{
    /// <summary>A new network namespace; <c>CLONE_NEWNET</c> of sched.h.</summary>
    public const int NewNetworkNamespace = 0x40000000;

    public const int AddressFamilyInet = 2;
    public const int AddressFamilyInet6 = 10;
    public const int AddressFamilyNetlink = 16;
    public const int AddressFamilyPacket = 17;

    public const int SocketStream = 1;
    public const int SocketDatagram = 2;
    public const int SocketRaw = 3;
    public const int SocketCloseOnExec = 0x80000;

    public const int TryAgain = 11;
    public const int NotPermitted = 1;
    public const int Invalid = 22;

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "unshare", SetLastError = true)]
    public static partial int Unshare(int flags);

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    public static partial int EnterNamespace(int descriptor, int kind);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(int descriptor, ReadOnlySpan<byte> address, int addressBytes);

    [LibraryImport("libc", EntryPoint = "listen", SetLastError = true)]
    public static partial int Listen(int descriptor, int backlog);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetOption(int descriptor, int level, int option, in int value, int valueBytes);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetOption(int descriptor, int level, int option, ReadOnlySpan<byte> value, int valueBytes);

    [LibraryImport("libc", EntryPoint = "sendto", SetLastError = true)]
    public static partial nint SendTo(
        int descriptor, ReadOnlySpan<byte> data, nint dataBytes, int flags, ReadOnlySpan<byte> address, int addressBytes);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(int descriptor, Span<byte> buffer, nint bufferBytes, int flags);

    /// <summary>Sets the user whose name the files (and so the sockets) opened by this thread bear.</summary>
    [LibraryImport("libc", EntryPoint = "setfsuid")]
    public static partial int SetFileUser(uint user);

    /// <summary>Sets the group whose name the files (and so the sockets) opened by this thread bear.</summary>
    [LibraryImport("libc", EntryPoint = "setfsgid")]
    public static partial int SetFileGroup(uint group);

    /// <summary>The index of an interface of the calling thread's namespace; 0 when there is none.</summary>
    [LibraryImport("libc", EntryPoint = "if_nametoindex", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int InterfaceIndex(string name);

    /// <summary>Puts the calling thread (0) on the processors of a bit mask.</summary>
    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    public static partial int SetAffinity(int thread, nint maskBytes, in ulong mask);

    [LibraryImport("libc", EntryPoint = "sched_getcpu")]
    public static partial int CurrentProcessor();

    /// <summary>The calling thread's supplementary groups, for this thread alone (glibc's wrapper sets all threads).</summary>
    public static void SetGroups(ReadOnlySpan<uint> groups)
    {
        var number = RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? 159 : 116;
        Check(SystemCall(number, groups.Length, groups), "setgroups");
    }

    /// <summary>Throws when a system call reported an error.</summary>
    /// <returns>The result of the call.</returns>
    /// <exception cref="IOException">The call failed; the message has the kernel's reason.</exception>
    public static int Check(nint result, string what) => result >= 0
        ? (int)result
        : throw new IOException($"{what}: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint count, ReadOnlySpan<uint> groups);
}
