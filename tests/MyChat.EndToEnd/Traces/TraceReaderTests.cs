using System.Text;

namespace MyChat.EndToEnd.Traces;

public sealed class TraceReaderTests
{
    [Fact]
    public void A_write_has_its_file_its_bytes_and_where_they_went()
    {
        var call = Assert.Single(Read(@"17 pwrite64(45<\x2f\x64\x62>, ""\x00\x22\xff"", 3, 4120) = 3"));
        Assert.Equal(("pwrite64", "/db", 3L), (call.Name, call.File, call.Result));
        Assert.Equal([0, 0x22, 0xff], call.Data.ToArray());
        Assert.Equal([3, 4120], call.Numbers);
    }

    [Fact]
    public void A_call_that_others_interrupted_lasts_from_its_first_line_to_its_second()
    {
        var calls = Read(
            @"17 fdatasync(45<\x2f\x64\x62> <unfinished ...>",
            @"18 sendto(9<\x73\x6f\x63\x6b\x65\x74\x3a\x5b\x37\x5d>, ""\x3c\x61"", 2, 0, NULL, 0) = 2",
            "17 <... fdatasync resumed>) = 0");
        Assert.Equal([("fdatasync", 1L, 3L, 0L), ("sendto", 2L, 2L, 2L)], calls.Select(call => (call.Name, call.Entered, call.Left, call.Result)));
        Assert.Equal("socket:[7]", calls[1].File);
    }

    [Fact]
    public void A_message_of_several_buffers_is_one()
    {
        var call = Assert.Single(Read(
            @"17 sendmsg(6<\x73>, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=""\x61\x62"", iov_len=2}, {iov_base=""\x63\x64"", iov_len=2}], "
            + "msg_iovlen=2, msg_controllen=0, msg_flags=0}, MSG_NOSIGNAL) = 3"));
        Assert.Equal("abc", Encoding.ASCII.GetString(call.Data.Span)); // the last byte did not get away
    }

    [Fact]
    public void Opening_tells_the_path_and_failing_tells_nothing()
    {
        var calls = Read(
            @"17 openat(AT_FDCWD<\x2f\x74>, ""\x61"", O_RDWR|O_CREAT|O_CLOEXEC, 0644) = 4<\x2f\x74\x2f\x61>",
            @"17 openat(AT_FDCWD<\x2f\x74>, ""\x62"", O_RDONLY) = -1 ENOENT (No such file or directory)");
        Assert.Equal(["/t/a", ""], calls.Select(call => call.Opened));
        Assert.Equal([true, false], calls.Select(call => call.Succeeded));
        Assert.Contains("O_CREAT", calls[0].Flags, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_descriptors_the_first_is_meant()
    {
        var call = Assert.Single(Read(@"17 renameat(4<\x2f\x74>, ""\x61"", 5<\x2f\x75>, ""\x62"") = 0"));
        Assert.Equal(("/t", 2), (call.File, call.Strings.Count));
    }

    [Fact]
    public void What_the_end_cut_off_is_there_and_never_over()
    {
        var call = Assert.Single(Read(@"17 pwrite64(45<\x2f\x64\x62>, ""\x01"", 1, 0 <unfinished ...>", "17 +++ killed by SIGKILL +++"));
        Assert.Equal(long.MaxValue, call.Left);
        Assert.Equal([1], call.Strings[0]);
    }

    private static IReadOnlyList<SystemCall> Read(params string[] lines)
    {
        var reader = new TraceReader(_ => true);
        foreach (var line in lines)
        {
            reader.Read(line);
        }
        return reader.Calls();
    }
}
