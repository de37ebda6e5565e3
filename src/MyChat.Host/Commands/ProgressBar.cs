using System.Globalization;
using System.Text;
using MyChat.Storage;

namespace MyChat.Host.Commands;

/// <summary>Shows on standard error how far a command is: a bar on a terminal, else a line for each step.</summary>
internal sealed class ProgressBar : IProgress<OperationProgress>, IDisposable
{
    private const int BarWidth = 24;
    private const int LabelWidth = 24;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    private readonly TextWriter? _output;
    private readonly bool _isTerminal;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private OperationProgress _last;
    private long _drawn;
    private int _width;

    /// <param name="output">Where to; null shows nothing.</param>
    /// <param name="isTerminal">Whether what was written there can be overwritten.</param>
    /// <param name="time">The clock.</param>
    public ProgressBar(TextWriter? output, bool isTerminal, TimeProvider time) => (_output, _isTerminal, _time) = (output, isTerminal, time);

    public static ProgressBar For(Arguments arguments)
    {
        if (arguments.Given.Contains("--quiet"))
        {
            return new ProgressBar(null, false, TimeProvider.System);
        }

        return new ProgressBar(Console.Error, !Console.IsErrorRedirected, TimeProvider.System);
    }

    public void Report(OperationProgress value)
    {
        if (_output is null)
        {
            return;
        }

        lock (_gate)
        {
            if (value.Step != _last.Step)
            {
                EndStep();
                _drawn = 0;
            }

            _last = value;
            if (_isTerminal && (_drawn == 0 || _time.GetElapsedTime(_drawn) >= Between))
            {
                _drawn = _time.GetTimestamp();
                Draw(Bar(value));
            }
        }
    }

    /// <summary>Leaves the place to what is said next.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            EndStep();
            _last = default;
            Draw("");
            _output?.Flush();
        }
    }

    /// <summary>One line's text: the step, a bar, and how much is done.</summary>
    public static string Bar(OperationProgress value)
    {
        var text = new StringBuilder(value.Step.PadRight(LabelWidth));
        if (value.Total <= 0)
        {
            return text.Append(' ').Append(Number(value.Done)).ToString();
        }

        var share = Math.Clamp((double)value.Done / value.Total, 0, 1);
        var full = (int)(share * BarWidth);
        text.Append(" [").Append('#', full).Append('.', BarWidth - full).Append("] ");
        return text.Append(CultureInfo.InvariantCulture, $"{(int)(share * 100),3} %").ToString();
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private void EndStep()
    {
        if (!_isTerminal && _last.Step is not null)
        {
            _output?.WriteLine($"{_last.Step}: {Number(_last.Done)}");
        }
    }

    private void Draw(string text)
    {
        if (!_isTerminal || _output is null || (text.Length == 0 && _width == 0))
        {
            return;
        }

        _output.Write('\r' + text.PadRight(_width) + (text.Length == 0 ? "\r" : ""));
        _width = text.Length;
    }
}
